import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { armToForget } from "../shards/member-versions.ts";
import type { Contribution } from "./contribution.ts";
import { sqliteContributions, type Contributions } from "./sqlite-contributions.ts";
import type { Tally } from "./tally.ts";

/** What a profile contributes: all of it, so that one that is lost is made good by the next. */
export interface ContributionState {
  /** Of two states, the one that counts. */
  version: number;
  contributions: readonly Contribution[];
}

/** What can be asked of an experiment shard. */
export interface ExperimentShard {
  /**
   * Takes what a member contributes. It may come twice, late and in any order: the highest version counts. Gives the version
   * that stands against this one, where one does.
   */
  put(member: string, state: ContributionState): Promise<number | undefined>;
  /** Forgets a member. */
  remove(member: string): Promise<void>;
  /** What its members come to, for each variant of each experiment; or of one of them. */
  tallies(experiment?: string): Promise<Tally[]>;
}

/** A shard of what profiles contribute to experiments, by the hash of their address. */
export class Experiment extends DurableObject<Env> implements ExperimentShard {
  readonly #contributions: Contributions;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#contributions = sqliteContributions(state.storage);
  }

  async put(member: string, state: ContributionState): Promise<number | undefined> {
    const against = this.#contributions.put(member, state, Date.now());
    await armToForget(this.ctx.storage, this.#contributions);
    return against;
  }

  async remove(member: string): Promise<void> {
    this.#contributions.remove(member, Date.now());
    await armToForget(this.ctx.storage, this.#contributions);
  }

  async tallies(experiment?: string): Promise<Tally[]> {
    return this.#contributions.tallies(experiment);
  }

  override async alarm(): Promise<void> {
    this.#contributions.forgetGone(Date.now());
    await armToForget(this.ctx.storage, this.#contributions);
  }
}
