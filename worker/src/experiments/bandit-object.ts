import { DefinedObject } from "../definition-store/defined-object.ts";
import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import { computeShares, type Shares } from "./compute-shares.ts";
import { banditsOf } from "./experiment.ts";

const KEY = "shares";
/** How often shares are computed, where the setting says nothing, minutes. */
const MINUTES = 10;

interface Held {
  shares: Shares;
  /** When they were computed, ms by the machine's clock. */
  at: number;
}

/** What can be asked of it. */
export interface BanditObject {
  /** The shares of each bandit's variants; those that were computed last, and none before that. */
  shares(): Promise<Shares>;
}

/** The one object that computes them. No call waits for it: each isolate of the worker asks it now and then. */
export function banditObject(env: Env): BanditObject {
  return objectStub(env, env.BANDITS, "all");
}

/** Keeps the bandits' shares, and computes them anew every few minutes, as long as anybody asks. */
export class Bandits extends DefinedObject implements BanditObject {
  async shares(): Promise<Shares> {
    const held = this.ctx.storage.kv.get<Held>(KEY);
    const minutes = Number(this.env.BANDIT_MINUTES);
    const next = (held?.at ?? -Infinity) + (minutes > 0 ? minutes : MINUTES) * 60_000;
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(Math.max(next, Date.now()));
    return held?.shares ?? {};
  }

  override async alarm(): Promise<void> {
    // Nobody may have asked anything of this isolate since a push.
    await refreshDefinition(this.env, "now");
    const shares = await computeShares(this.env, banditsOf(edgeProgram.definition));
    this.ctx.storage.kv.put<Held>(KEY, { shares, at: Date.now() });
  }
}
