import type { Aggregate } from "./aggregate.ts";
import { sizeOf } from "./kept.ts";
import { units } from "./read-value.ts";
import { addTo, amountOf, type Units } from "./units.ts";

/** The sum of the numbers: exact, whatever their order; or that sum divided by how many there are. A running total. */
export const total: Aggregate = {
  read: units,
  fold(kept, sign, value) {
    kept.x = addTo(kept.x ?? 0, value as Units, sign);
  },
  value({ plan }, kept) {
    const size = plan.mean ? sizeOf(kept) : 1;
    return size ? amountOf(kept.x ?? 0, size) : undefined;
  },
};
