import { waitUntil } from "cloudflare:workers";
import type { Allocations } from "@murmur/core";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { log } from "../ops/log.ts";
import { banditObject } from "./bandit-object.ts";
import type { Shares } from "./compute-shares.ts";
import { banditsOf, type Experiment } from "./experiment.ts";

/** For how long an isolate goes by what it has been told, ms. */
const FRESH = 60_000;
/** How long its first call waits for that, ms: then weights stand for it. */
const PATIENCE = 300;

let held: Shares | undefined;
let asking: Promise<void> | undefined;
let asked = -Infinity;

/**
 * The shares of bandits' variants, as this isolate knows them; none where there is no bandit. Only its first call waits for
 * them: later ones go by what is known, which is seen to in the background.
 */
export async function allocationsNow(env: Env): Promise<Allocations | undefined> {
  const bandits = banditsOf(edgeProgram.definition);
  if (bandits.length === 0) return undefined;
  if (Date.now() >= asked + FRESH) {
    asked = Date.now();
    asking = ask(env);
    waitUntil(asking);
  }
  // It may be another call that asked, and was broken off.
  if (!held) await Promise.race([asking, scheduler.wait(PATIENCE)]);
  return held && dealt(held, bandits);
}

/** In the order of the definition in force; none where it has a variant that was not there when they were computed, or one less. */
function dealt(shares: Shares, bandits: readonly (readonly [id: string, Experiment])[]): Allocations {
  const entries = bandits.flatMap(([id, { variants }]) => {
    const own = new Map(Object.entries(Object.hasOwn(shares, id) ? shares[id]! : {}));
    const list = variants.flatMap((variant) => own.get(variant.id) ?? []);
    return list.length === variants.length && list.length === own.size ? [[id, list]] : [];
  });
  return Object.fromEntries(entries) as Allocations;
}

/** What does not come now is asked for again later: until then weights stand, or what was known before. */
async function ask(env: Env): Promise<void> {
  try {
    held = await banditObject(env).shares();
  } catch {
    log({ event: "allocations_unknown" });
  }
}
