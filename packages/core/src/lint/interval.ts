import type { Comparison } from "../definition/measure.ts";

/** The numbers between two ends, of which each may be left out. */
export interface Interval {
  low: number;
  high: number;
  withoutLow?: boolean;
  withoutHigh?: boolean;
}

/** The numbers that satisfy a comparison; nothing where they are no single stretch, or no numbers. */
export function intervalOf(comparison: keyof Comparison, wanted: readonly unknown[]): Interval | undefined {
  const [low, high = low] = wanted;
  if (typeof low !== "number" || typeof high !== "number") return undefined;
  if (comparison === "gt") return { low, high: Infinity, withoutLow: true };
  if (comparison === "gte") return { low, high: Infinity };
  if (comparison === "lt") return { low: -Infinity, high, withoutHigh: true };
  if (comparison === "lte") return { low: -Infinity, high };
  return comparison === "eq" || comparison === "between" ? { low, high } : undefined;
}

/** The numbers that do not satisfy a comparison with one end. */
export function complementOf(comparison: keyof Comparison, wanted: readonly unknown[]): Interval | undefined {
  const opposite = OPPOSITES[comparison];
  return opposite === "eq" || opposite === "ne" || !opposite ? undefined : intervalOf(opposite, wanted);
}

/** The comparison that is true of just the other values, where there is one. */
export const OPPOSITES: Partial<Record<keyof Comparison, keyof Comparison>> = {
  gt: "lte",
  gte: "lt",
  lt: "gte",
  lte: "gt",
  eq: "ne",
  ne: "eq",
};

/** Whether no number, or no whole one, lies in all of them. */
export function isDisjoint(intervals: readonly Interval[], whole: boolean): boolean {
  const ends = intervals.map((interval) => (whole ? closed(interval) : interval));
  const low = Math.max(...ends.map((each) => each.low));
  const high = Math.min(...ends.map((each) => each.high));
  if (low !== high) return low > high;
  return ends.some(
    (each) => (each.low === low && each.withoutLow) || (each.high === high && each.withoutHigh),
  );
}

/** The same whole numbers, with both ends among them. */
function closed({ low, high, withoutLow, withoutHigh }: Interval): Interval {
  return {
    low: withoutLow ? Math.floor(low) + 1 : Math.ceil(low),
    high: withoutHigh ? Math.ceil(high) - 1 : Math.floor(high),
  };
}
