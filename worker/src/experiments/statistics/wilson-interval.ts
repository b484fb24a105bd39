import type { Arm, Interval } from "./arm.ts";

/**
 * Wilson's score interval of a rate, for which `z` is the quantile of the normal distribution.
 *
 * E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209–212.
 */
export function wilsonInterval({ exposed, converted }: Arm, z: number): Interval {
  const square = z * z;
  const rate = converted / exposed;
  const middle = rate + square / (2 * exposed);
  const half = z * Math.sqrt((rate * (1 - rate)) / exposed + square / (4 * exposed * exposed));
  const scale = 1 + square / exposed;
  // At the ends it is exact: rounding must not push it beyond them.
  return [converted === 0 ? 0 : (middle - half) / scale, converted === exposed ? 1 : (middle + half) / scale];
}
