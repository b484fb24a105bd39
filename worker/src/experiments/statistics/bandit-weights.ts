import type { Arm } from "./arm.ts";
import { probabilityBest } from "./probability-best.ts";

/** The share of traffic that is divided evenly whatever the results: no variant is ever given up on what little is known of it. */
export const EXPLORED = 0.1;
/** Shares are so fine: what is nothing but noise moves nobody. */
const STEPS = 1_000;

/**
 * The shares of a bandit's variants: Thompson sampling, in which a variant is shown as often as it is likely to be the best
 * one; as weights for all who come, which in the mean is the same as a draw for each of them.
 *
 * W. R. Thompson (1933), On the likelihood that one unknown probability exceeds another, Biometrika 25, 285–294;
 * https://doi.org/10.1093/biomet/25.3-4.285. Randomized probability matching: Scott (2010), see `probabilityBest`.
 */
export function banditWeights(arms: readonly Arm[]): number[] {
  const even = EXPLORED / arms.length;
  const shares = probabilityBest(arms).map(
    (best) => Math.round((even + (1 - EXPLORED) * best) * STEPS) / STEPS,
  );
  // What rounding has lost or gained is the largest's.
  const largest = shares.indexOf(Math.max(...shares));
  const others = shares.reduce((sum, share, at) => (at === largest ? sum : sum + share), 0);
  return shares.with(largest, Math.round((1 - others) * STEPS) / STEPS);
}
