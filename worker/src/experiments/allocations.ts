import { waitUntil } from "cloudflare:workers";
import type { Allocations } from "@murmur/core";
import { edgeProgram } from "../definition.ts";
import type { Env } from "../env.ts";
import { log } from "../ops/log.ts";
import { banditObject } from "./bandit-object.ts";
import { banditsOf } from "./experiment.ts";

/** For how long an isolate goes by what it has been told, ms. */
const FRESH = 60_000;

let held: Allocations | undefined;
let asking: Promise<void> | undefined;
let asked = -Infinity;

/**
 * The shares of bandits' variants, as this isolate knows them; none where there is no bandit. Only its first call waits for
 * them: later ones go by what is known, which is seen to in the background.
 */
export async function allocationsNow(env: Env): Promise<Allocations | undefined> {
  if (banditsOf(edgeProgram.definition).length === 0) return undefined;
  if (Date.now() >= asked + FRESH) {
    asked = Date.now();
    asking = ask(env);
    waitUntil(asking);
  }
  if (!held) await asking;
  return held;
}

/** What does not come now is asked for again later: until then weights stand, or what was known before. */
async function ask(env: Env): Promise<void> {
  try {
    held = await banditObject(env).allocations();
  } catch {
    log({ event: "allocations_unknown" });
  }
}
