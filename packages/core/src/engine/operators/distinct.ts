import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { howMany } from "./count.ts";
import { cutOut } from "./kept.ts";
import { scalarReader } from "./read-value.ts";

/** `{ distinct }`: how many different scalars. It keeps the last event of each. */
export function distinct(plan: SelectionPlan): Aggregate {
  return {
    ...howMany(plan),
    read: scalarReader(plan.path!),
    makeRoom(kept, to, value) {
      const known = kept.v ? kept.v.indexOf(value) : -1;
      if (known < 0) return to;
      if (known >= to) return -1;
      cutOut(kept, known, 1);
      return to - 1;
    },
  };
}
