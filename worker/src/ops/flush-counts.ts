import type { Env } from "../env.ts";
import { addCounts } from "./counter-shards.ts";
import { tally } from "./count.ts";
import { writeDataPoints } from "./data-points.ts";
import { log } from "./log.ts";

/** How long an isolate gathers before it passes on, ms. */
const GATHERED = 5_000;

/** When this isolate passed on last, or when it is going to, ms. */
let flushing = -Infinity;

/** Passes on what this isolate has counted. What a shard did not take is kept for the next time. */
export async function flushCounts(env: Env): Promise<void> {
  flushing = Date.now();
  const counts = tally.take();
  if (!counts) return;
  try {
    await addCounts(env, counts);
  } catch {
    tally.putBack(counts);
    log({ event: "counts_not_passed_on", series: Object.keys(counts).length });
    return;
  }
  writeDataPoints(env.ANALYTICS, counts);
}

/** Of a call to the worker: what it counts is passed on a little later, with what others will have counted till then. */
export function flushLater(env: Env, waitUntil: (work: Promise<unknown>) => void): void {
  // Should one never come to its turn, the next call after twice its time sees to it.
  if (Date.now() < flushing + GATHERED) return;
  flushing = Date.now() + GATHERED;
  waitUntil(scheduler.wait(GATHERED).then(() => flushCounts(env)));
}

/** Of a Durable Object, whom waiting would keep awake: at once, but not more often than every few seconds. */
export function flushNow(env: Env, waitUntil: (work: Promise<unknown>) => void): void {
  if (Date.now() < flushing + GATHERED) return;
  waitUntil(flushCounts(env));
}
