import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { sizeOf } from "./kept.ts";

/** `{ count }`. Narrowed, it keeps the latest events that a comparison can tell apart. */
export function count(plan: SelectionPlan): Aggregate {
  return { ...howMany(plan), folds: true };
}

/** The number of events, as far as anybody asks for it. */
export function howMany({ edges = [] }: SelectionPlan): Aggregate {
  return {
    value: sizeOf,
    // The number only ever falls by time: the next edge is the highest that it now reaches.
    out({ t }) {
      let next = 0;
      for (const edge of edges) if (edge > next && edge <= t.length) next = edge;
      return t.length - next;
    },
  };
}
