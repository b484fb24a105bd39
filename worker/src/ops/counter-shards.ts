import type { Env } from "../env.ts";
import { objectStub } from "../object-stub.ts";
import type { CounterShardObject } from "./counter-shard.ts";
import { sumOf, type Counts } from "./counts.ts";

/**
 * How many objects share the counting. Each isolate writes to one of them, every few seconds at most, and not at every
 * call: of some thousand isolates, each shard hears less than a hundred times a second.
 */
const SHARDS = 16;

/** Adds to one of the shards: which one plays no part. */
export async function addCounts(env: Env, counts: Counts): Promise<void> {
  await shard(env, Math.floor(Math.random() * SHARDS)).add(counts);
}

/** What all of them hold. */
export async function readCounts(env: Env): Promise<Counts> {
  return sumOf(await Promise.all(Array.from({ length: SHARDS }, (_, at) => shard(env, at).read())));
}

function shard(env: Env, at: number): CounterShardObject {
  return objectStub(env, env.COUNTERS, `${at}`);
}
