import type { TrendCondition } from "../../definition/condition.ts";
import { milliseconds } from "../../definition/duration.ts";
import type { Operator } from "../operator.ts";
import { Narrowed, upTo, type Kept } from "./narrowed.ts";
import { numberReader } from "./read-value.ts";
import { addTo, wholeUnitsOf, type Total } from "./total.ts";

/** `{ trend }`: compares each of the last periods with the one before it. */
export function trend({ trend: level, every, periods, change }: TrendCondition): Operator<never> {
  const length = milliseconds(every);
  const narrowed =
    "count" in level
      ? new Narrowed(level.count, {})
      : new Narrowed(level.of, {}, { read: numberReader(level.sum) });
  const oldest = (periods + 1) * length;
  // One more than the ratio, as it is written: 4/5 - 1 would come out above -0.2, and 1 - 0.9 below 0.1.
  const bound = Number((1 + ("lte" in change ? change.lte : change.gte)).toPrecision(15));
  const isWanted = (share: number): boolean => ("lte" in change ? share <= bound : share >= bound);
  const operator: Operator<Kept> = {
    inputs: narrowed.inputs,
    init: () => narrowed.init(),
    take: (kept, event, input, at) => event.timestamp <= at - oldest || narrowed.take(kept, event, input, at),
    prune: (kept, at) => narrowed.dropUpTo(kept, at - oldest),
    value(kept, at) {
      const ends = Array.from({ length: periods + 2 }, (_none, k) => upTo(kept.t, at - k * length));
      const amounts = ends.slice(1).map((from, k) => amount(kept, from, ends[k] as number));
      return amounts.slice(1).every((before, k) => before > 0 && isWanted((amounts[k] as number) / before));
    },
    due(kept, at) {
      let due = Infinity;
      for (let k = 1; k <= periods + 1; k++) {
        const next = kept.t[upTo(kept.t, at - k * length)];
        if (next !== undefined) due = Math.min(due, next + k * length);
      }
      return due;
    },
  };
  return operator as Operator<never>;
}

/** The measure over kept events from one position to another: how many, or the sum of their numbers in units. */
function amount(kept: Kept, from: number, to: number): number {
  if (!kept.v) return to - from;
  let total: Total = 0;
  for (let at = from; at < to; at++) total = addTo(total, kept.v[at] as number);
  return wholeUnitsOf(total);
}
