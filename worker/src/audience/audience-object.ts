import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { armToForget } from "../shards/member-versions.ts";
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

/** A shard of who is in what, by the hash of their address. */
export class Audience extends DurableObject<Env> implements AudienceShard {
  readonly #members: Members;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#members = sqliteMembers(state.storage);
  }

  async put(member: string, state: MemberState): Promise<number | undefined> {
    const against = this.#members.put(member, state, Date.now());
    await armToForget(this.ctx.storage, this.#members);
    return against;
  }

  async remove(member: string): Promise<void> {
    this.#members.remove(member, Date.now());
    await armToForget(this.ctx.storage, this.#members);
  }

  async counts(): Promise<Record<string, number>> {
    return this.#members.counts();
  }

  async members(segment: string, after: string, limit: number): Promise<Member[]> {
    return this.#members.list(segment, after, limit);
  }

  override async alarm(): Promise<void> {
    this.#members.forgetGone(Date.now());
    await armToForget(this.ctx.storage, this.#members);
  }
}
