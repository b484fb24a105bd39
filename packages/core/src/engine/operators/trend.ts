import type { Operator } from "../operator.ts";
import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { upTo, type Kept } from "./kept.ts";
import { units } from "./read-value.ts";
import { addTo, wholeUnitsOf, type Units } from "./units.ts";

/** Whether each of the last periods compares as it should with the one before it: by how many events, or by a sum. */
export const trend: Aggregate = {
  read: units,
  value(operator, kept, at) {
    const { periods, sign, bound } = operator.plan as Required<SelectionPlan>;
    return ends(operator, kept, at).every((end, k, all) => {
      if (!k || k > periods) return true;
      const before = amount(kept, all[k + 1]!, end);
      return before > 0 && (sign * amount(kept, end, all[k - 1]!)) / before <= bound;
    });
  },
  due: (operator, kept, at) =>
    ends(operator, kept, at).reduce(
      (due, next, k) => (k ? Math.min(due, (kept.t[next] ?? Infinity) + k * operator.plan.every!) : due),
      Infinity,
    ),
};

/** How many of the kept events are not after the end of each period, the latest first, and the start of the last. */
function ends({ plan }: Operator, { t }: Kept, at: number): number[] {
  const { periods, every } = plan as Required<SelectionPlan>;
  // No `Array.from`: it takes longer than all that is found, and this is asked twice for every event.
  const all: number[] = [];
  for (let k = 0, end = t.length; k < periods + 2; k++) all.push((end = upTo(t, at - k * every, end)));
  return all;
}

/** The measure over kept events from one position to another: how many, or the sum of their numbers in units. */
function amount({ v }: Kept, from: number, to: number): number {
  if (!v) return to - from;
  let sum: Units = 0;
  for (let at = from; at < to; at++) sum = addTo(sum, v[at] as Units);
  return wholeUnitsOf(sum);
}
