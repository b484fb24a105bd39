import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";

/** What can be asked of an e-mail address. */
export interface EmailOwnerObject {
  /** Makes a profile the address's owner; false when another one stays it. */
  claim(profile: ProfileAddress): Promise<boolean>;
  /** The profile goes by another address now, or is no more. */
  release(profile: ProfileAddress): Promise<void>;
  owner(): Promise<ProfileAddress | undefined>;
}

/** One e-mail address, known by its hash alone: whose profile its messages are about. */
export class EmailOwner extends DurableObject<Env> implements EmailOwnerObject {
  /**
   * A customer who has proved to be one comes before a device that merely says so; of customers, the first stays: nobody
   * takes over another's mail by giving their address. Of devices, the last one is where the person is.
   */
  async claim(profile: ProfileAddress): Promise<boolean> {
    const owner = await this.owner();
    if (owner?.kind === "customer" && !same(owner, profile)) return false;
    if (!same(owner, profile)) await this.ctx.storage.put("owner", profile);
    return true;
  }

  async release(profile: ProfileAddress): Promise<void> {
    if (same(await this.owner(), profile)) await this.ctx.storage.deleteAll();
  }

  owner(): Promise<ProfileAddress | undefined> {
    return this.ctx.storage.get<ProfileAddress>("owner");
  }
}

function same(one: ProfileAddress | undefined, other: ProfileAddress): boolean {
  return one?.kind === other.kind && one.id === other.id;
}

/** An address, by its `emailHash`. Each has an object of its own: there is no table of all. */
export function emailOwner(env: Env, hash: string): EmailOwnerObject {
  return objectStub(env, env.EMAIL_OWNER, hash);
}
