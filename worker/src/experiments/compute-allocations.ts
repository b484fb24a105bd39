import type { Allocations } from "@murmur/core";
import type { Env } from "../env.ts";
import { emptyTally, armOf } from "./tally.ts";
import type { Experiment } from "./experiment.ts";
import { readTallies } from "./read-tallies.ts";

/** The shares of each bandit's variants by what has come of them so far. */
export async function computeAllocations(
  env: Env,
  bandits: readonly (readonly [id: string, Experiment])[],
): Promise<Allocations> {
  // The distributions are not read by who never has a bandit.
  const [{ banditWeights }, tallies] = await Promise.all([
    import("./statistics/bandit-weights.ts"),
    readTallies(env),
  ]);
  return Object.fromEntries(
    bandits.map(([id, { variants }]) => [
      id,
      banditWeights(
        variants.map((variant) =>
          armOf(
            tallies.find((tally) => tally.experiment === id && tally.variant === variant.id) ??
              emptyTally(id, variant.id),
          ),
        ),
      ),
    ]),
  );
}
