import type { Env } from "../env.ts";
import { emptyTally, armOf } from "./tally.ts";
import type { Experiment } from "./experiment.ts";
import { readTallies } from "./read-tallies.ts";

/** Shares of each experiment's variants by their ids: a definition may have them in another order by the time that it asks. */
export type Shares = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The shares of each bandit's variants by what has come of them so far. */
export async function computeShares(
  env: Env,
  bandits: readonly (readonly [id: string, Experiment])[],
): Promise<Shares> {
  // The distributions are not read by who never has a bandit.
  const [{ banditWeights }, tallies] = await Promise.all([
    import("./statistics/bandit-weights.ts"),
    readTallies(env),
  ]);
  return Object.fromEntries(
    bandits.map(([id, { variants }]) => {
      const weights = banditWeights(
        variants.map((variant) =>
          armOf(
            tallies.find((tally) => tally.experiment === id && tally.variant === variant.id) ??
              emptyTally(id, variant.id),
          ),
        ),
      );
      return [id, Object.fromEntries(variants.map((variant, at) => [variant.id, weights[at]!]))];
    }),
  );
}
