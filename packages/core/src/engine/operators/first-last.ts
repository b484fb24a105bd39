import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";
import { scalarReader } from "./read-value.ts";

/** `{ first }`: the scalar in the first event that has one. Narrowed, every event may come to be the first. */
export function first({ path }: SelectionPlan): Aggregate {
  return { read: scalarReader(path!), value: ({ v }) => v?.[0], first: true };
}

/** `{ last }`: the scalar in the last event that has one. */
export function last(plan: SelectionPlan): Aggregate {
  return { ...first(plan), first: false };
}
