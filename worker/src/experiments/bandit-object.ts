import type { Allocations } from "@murmur/core";
import { DefinedObject } from "../definition-store/defined-object.ts";
import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import { computeAllocations } from "./compute-allocations.ts";
import { banditsOf } from "./experiment.ts";

const KEY = "allocations";
/** How often shares are computed, where the setting says nothing, minutes. */
const MINUTES = 10;

interface Held {
  allocations: Allocations;
  /** When they were computed, ms by the machine's clock. */
  at: number;
}

/** What can be asked of it. */
export interface BanditObject {
  /** The shares of each bandit's variants; those that were computed last, and none before that. */
  allocations(): Promise<Allocations>;
}

/** The one object that computes them. No call waits for it: each isolate of the worker asks it now and then. */
export function banditObject(env: Env): BanditObject {
  return objectStub(env, env.BANDITS, "all");
}

/** Keeps the bandits' shares, and computes them anew every few minutes, as long as anybody asks. */
export class Bandits extends DefinedObject implements BanditObject {
  async allocations(): Promise<Allocations> {
    const held = this.ctx.storage.kv.get<Held>(KEY);
    const minutes = Number(this.env.BANDIT_MINUTES);
    const next = (held?.at ?? -Infinity) + (minutes > 0 ? minutes : MINUTES) * 60_000;
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(Math.max(next, Date.now()));
    return held?.allocations ?? {};
  }

  override async alarm(): Promise<void> {
    // Nobody may have asked anything of this isolate since a push.
    await refreshDefinition(this.env, "now");
    const allocations = await computeAllocations(this.env, banditsOf(edgeProgram.definition));
    this.ctx.storage.kv.put<Held>(KEY, { allocations, at: Date.now() });
  }
}
