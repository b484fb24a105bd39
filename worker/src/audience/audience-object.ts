import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { sqliteMembers, type Members } from "./sqlite-members.ts";

export interface Membership {
  segment: string;
  /** When it was entered, ms. */
  since: number;
}

/** Where a profile stands: all of it, so that one that is lost is made good by the next. */
export interface MemberState {
  address: ProfileAddress;
  /** Of two states, the one that counts. */
  version: number;
  memberships: readonly Membership[];
  /** Whether the shopper allows marketing. */
  marketing: boolean;
}

/** A member of a segment, by the hash that members are in order of. */
export interface Member {
  member: string;
  address: ProfileAddress;
  since: number;
  marketing: boolean;
}

/** What can be asked of an audience shard. */
export interface AudienceShard {
  /**
   * Takes a member's state. It may come twice, late and in any order: the highest version counts. Gives the version that
   * stands against this one, where one does.
   */
  put(member: string, state: MemberState): Promise<number | undefined>;
  /** Forgets a member. */
  remove(member: string): Promise<void>;
  /** How many members each segment has. */
  counts(): Promise<Record<string, number>>;
  /** The next members of a segment after one, in order. */
  members(segment: string, after: string, limit: number): Promise<Member[]>;
}

/** For how long those who have gone are gathered to be forgotten at once, ms: each time, all of them are looked through. */
const TOGETHER = 10 * 60_000;

/** A shard of who is in what, by the hash of their address. */
export class Audience extends DurableObject<Env> implements AudienceShard {
  readonly #members: Members;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#members = sqliteMembers(state.storage);
  }

  async put(member: string, state: MemberState): Promise<number | undefined> {
    const against = this.#members.put(member, state, Date.now());
    await this.#arm();
    return against;
  }

  async remove(member: string): Promise<void> {
    this.#members.remove(member, Date.now());
    await this.#arm();
  }

  async counts(): Promise<Record<string, number>> {
    return this.#members.counts();
  }

  async members(segment: string, after: string, limit: number): Promise<Member[]> {
    return this.#members.list(segment, after, limit);
  }

  override async alarm(): Promise<void> {
    this.#members.forgetGone(Date.now());
    await this.#arm();
  }

  /** An alarm for when the next of those who have gone is to be forgotten, with those of the minutes after it. */
  async #arm(): Promise<void> {
    // First: all who have gone are looked through for the next one, and it stands for them as well.
    if ((await this.ctx.storage.getAlarm()) !== null) return;
    const next = this.#members.nextForgotten();
    if (next !== undefined) await this.ctx.storage.setAlarm(next + TOGETHER);
  }
}
