import type { Estimate, Interval } from "./arm.ts";

/**
 * The interval of a ratio of two independent, non-negative quantities, recovered from the interval of each: MOVER-R. With
 * Wilson's intervals it is one of a relative risk, with symmetric ones it is Fieller's. The lower end is written by its
 * conjugate, so that it holds where the formula as it is printed would divide by zero. None where `below` is not above zero.
 *
 * A. Donner, G. Y. Zou (2012), Closed-form confidence intervals for functions of the normal mean and standard deviation,
 * Stat Methods Med Res 21(4), 347–359; https://doi.org/10.1177/0962280210383082
 */
export function ratioInterval(above: Estimate, below: Estimate): Interval | undefined {
  const [aboveLower, aboveUpper] = above.interval;
  const [belowLower, belowUpper] = below.interval;
  if (below.value <= 0 || above.value < 0) return undefined;
  const both = above.value * below.value;
  const low = aboveLower * (2 * above.value - aboveLower);
  const high = aboveUpper * (2 * above.value - aboveUpper);
  const most = belowUpper * (2 * below.value - belowUpper);
  const least = belowLower * (2 * below.value - belowLower);
  const root = both + Math.sqrt(both * both - low * most);
  const lower = root === 0 ? 0 : low / root;
  // Below, zero cannot be ruled out: no bound.
  const upper = least <= 0 ? Infinity : (both + Math.sqrt(both * both - high * least)) / least;
  return [lower, upper];
}
