import type { TrendPlan } from "../plan.ts";
import { upTo, type Kept } from "./kept.ts";
import { unitsReader } from "./read-value.ts";
import { Selection } from "./selection.ts";
import { addTo, wholeUnitsOf, type Total } from "./total.ts";

/** `{ trend }`: compares each of the last periods with the one before it. */
export function trend(plan: TrendPlan): Selection {
  const { path, every, periods, sign, bound } = plan;
  /** How many of the kept events are not after the end of each period, the latest first, and the start of the last. */
  const ends = ({ t }: Kept, at: number): number[] =>
    Array.from({ length: periods + 2 }, (_none, k) => upTo(t, at - k * every));
  return new Selection(plan, {
    ...(path !== undefined && { read: unitsReader(path) }),
    value(kept, at) {
      const amounts = ends(kept, at).map((end, k, all) => amount(kept, all[k + 1], end));
      return amounts.slice(1, -1).every((before, k) => before > 0 && (sign * amounts[k]!) / before <= bound);
    },
    due: (kept, at) =>
      Math.min(...ends(kept, at).map((next, k) => (k ? (kept.t[next] ?? Infinity) + k * every : Infinity))),
  });
}

/** The measure over kept events from one position to another: how many, or the sum of their numbers in units. */
function amount({ v }: Kept, from = 0, to: number): number {
  if (!v) return to - from;
  let total: Total = 0;
  for (let at = from; at < to; at++) total = addTo(total, v[at] as Total);
  return wholeUnitsOf(total);
}
