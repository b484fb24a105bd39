import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { sizeOf, type Kept } from "./kept.ts";
import { unitsReader } from "./read-value.ts";
import { addTo, amountOf, type Total } from "./total.ts";

/** `{ sum }`: exact, whatever the order of the numbers. */
export function sum({ path }: SelectionPlan): Aggregate {
  return total(path!, ({ x = 0 }) => amountOf(x));
}

/** `{ avg }`: that sum divided by how many numbers there are. */
export function avg({ path }: SelectionPlan): Aggregate {
  return total(path!, (kept) => (sizeOf(kept) ? amountOf(kept.x!, sizeOf(kept)) : undefined));
}

/** A running total, so that an event costs no more than itself. */
function total(path: string, value: (kept: Kept) => number | undefined): Aggregate {
  return {
    read: unitsReader(path),
    value,
    folds: true,
    fold(kept, sign, units) {
      kept.x = addTo(kept.x ?? 0, units as Total, sign);
    },
  };
}
