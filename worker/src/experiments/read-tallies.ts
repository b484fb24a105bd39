import type { Env } from "../env.ts";
import { askShards } from "../shards/shard-names.ts";
import { experimentShard } from "./experiment-shards.ts";
import { addTallies, emptyTally, type Tally } from "./tally.ts";

/** What the profiles of all shards come to, for each variant of each experiment; or of one of them. */
export async function readTallies(env: Env, experiment?: string): Promise<Tally[]> {
  const sums = new Map<string, Tally>();
  for (const tallies of await askShards((name) => experimentShard(env, name).tallies(experiment)))
    for (const tally of tallies) {
      const key = JSON.stringify([tally.experiment, tally.variant]);
      sums.set(key, addTallies(sums.get(key) ?? emptyTally(tally.experiment, tally.variant), tally));
    }
  return [...sums.values()];
}
