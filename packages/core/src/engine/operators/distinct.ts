import type { Aggregate } from "./aggregate.ts";
import { count } from "./count.ts";
import { cutOut } from "./kept.ts";
import { scalar } from "./read-value.ts";

/** How many different scalars. It keeps the last event of each. */
export const distinct: Aggregate = {
  ...count,
  read: scalar,
  makeRoom(_operator, kept, to, value) {
    const known = kept.v?.indexOf(value) ?? -1;
    if (known < 0) return to;
    if (known >= to) return -1;
    cutOut(kept, known, 1);
    return to - 1;
  },
};
