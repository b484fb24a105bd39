import type { TrendCondition } from "../../definition/condition.ts";
import { milliseconds } from "../../definition/duration.ts";
import type { Selector } from "../../definition/selector.ts";
import type { Operator } from "../operator.ts";
import { Narrowed, upTo, type Kept } from "./narrowed.ts";
import { numberReader } from "./read-value.ts";
import { addTo, amountOf, type Total } from "./total.ts";

/** `{ trend }`: compares each of the last periods with the one before it. */
export function trend({ trend: definition }: TrendCondition): Operator<never> {
  const { every, periods, change, count, sum, of } = definition;
  const length = milliseconds(every);
  const narrowed = new Narrowed(
    (count ?? of) as Selector,
    {},
    sum === undefined ? {} : { read: numberReader(sum) },
  );
  const oldest = (periods + 1) * length;
  const isWanted = (ratio: number): boolean => ("lte" in change ? ratio <= change.lte : ratio >= change.gte);
  const operator: Operator<Kept> = {
    inputs: narrowed.inputs,
    init: () => narrowed.init(),
    take: (kept, event, input, at) => event.timestamp <= at - oldest || narrowed.take(kept, event, input, at),
    prune: (kept, at) => narrowed.dropUpTo(kept, at - oldest),
    value(kept, at) {
      const ends = Array.from({ length: periods + 2 }, (_none, k) => upTo(kept.t, at - k * length));
      const levels = ends.slice(1).map((from, k) => level(kept, from, ends[k] as number));
      return levels.slice(1).every((before, k) => before > 0 && isWanted((levels[k] as number) / before - 1));
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

/** The measure over kept events from one position to another: how many, or the sum of their numbers. */
function level(kept: Kept, from: number, to: number): number {
  if (!kept.v) return to - from;
  let total: Total = 0;
  for (let at = from; at < to; at++) total = addTo(total, kept.v[at] as number);
  return amountOf(total);
}
