import type { TrendCondition } from "../../definition/condition.ts";
import { milliseconds } from "../../definition/duration.ts";
import { upTo, type Kept } from "./kept.ts";
import { unitsReader } from "./read-value.ts";
import { Selection } from "./selection.ts";
import { addTo, wholeUnitsOf, type Total } from "./total.ts";

/** `{ trend }`: compares each of the last periods with the one before it. */
export function trend({ trend: level, every, periods, change }: TrendCondition): Selection {
  const length = milliseconds(every);
  /** How many of the kept events are not after the end of each period, the latest first, and the start of the last. */
  const ends = ({ t }: Kept, at: number): number[] =>
    Array.from({ length: periods + 2 }, (_none, k) => upTo(t, at - k * length));
  // One more than the ratio, as it is written: 4/5 - 1 would come out above -0.2, and 1 - 0.9 below 0.1.
  const [sign, ratio] = "lte" in change ? [1, change.lte] : [-1, change.gte];
  const bound = sign * Number((1 + ratio).toPrecision(15));
  return new Selection(
    "sum" in level ? level.of : level.count,
    { within: (periods + 1) * length },
    {
      ...("sum" in level && { read: unitsReader(level.sum) }),
      value(kept, at) {
        const amounts = ends(kept, at).map((end, k, all) => amount(kept, all[k + 1], end));
        return amounts
          .slice(1, -1)
          .every((before, k) => before > 0 && (sign * amounts[k]!) / before <= bound);
      },
      due: (kept, at) =>
        Math.min(
          ...ends(kept, at).map((next, k) => (k ? (kept.t[next] ?? Infinity) + k * length : Infinity)),
        ),
    },
  );
}

/** The measure over kept events from one position to another: how many, or the sum of their numbers in units. */
function amount({ v }: Kept, from = 0, to: number): number {
  if (!v) return to - from;
  let total: Total = 0;
  for (let at = from; at < to; at++) total = addTo(total, v[at] as Total);
  return wholeUnitsOf(total);
}
