import chiSquaredBelow from "@stdlib/stats-base-dists-chisquare-cdf";

/** Below this the split is called broken: by chance alone it is so in one experiment of a thousand. */
export const BROKEN_BELOW = 0.001;
/** How many profiles each variant must have been meant to have, for the test to hold. */
const LEAST_EXPECTED = 5;

/**
 * The probability that profiles would be so far from their assigned weights by chance: Pearson's chi-squared test of goodness
 * of fit. None while there are too few of them.
 *
 * A. Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments, KDD ’19;
 * https://doi.org/10.1145/3292500.3330722
 */
export function sampleRatio(exposed: readonly number[], weights: readonly number[]): number | undefined {
  const all = sum(exposed);
  const weighed = sum(weights);
  const expected = weights.map((weight) => (all * weight) / weighed);
  const meant = expected.flatMap((count, at) => (count > 0 ? [{ count, seen: exposed[at]! }] : []));
  // Who was shown what nobody is to be shown: there is no chance of that.
  if (sum(meant.map(({ seen }) => seen)) < all) return 0;
  if (meant.length < 2 || meant.some(({ count }) => count < LEAST_EXPECTED)) return undefined;
  const distance = sum(meant.map(({ count, seen }) => (seen - count) ** 2 / count));
  return 1 - chiSquaredBelow(distance, meant.length - 1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
