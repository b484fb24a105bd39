import type { SelectionPlan } from "../plan.ts";
import type { Aggregate } from "./aggregate.ts";

/** `{ sinceFirst }`: ms since the first selected event. Narrowed, every event may come to be the first. */
export function sinceFirst({ edges = [] }: SelectionPlan): Aggregate {
  return {
    value: ({ t }, at) => (t.length ? at - t[0]! : undefined),
    first: true,
    due: ({ t }, at) => Math.min(...edges.map((edge) => (t[0]! + edge > at ? t[0]! + edge : Infinity))),
  };
}

/** `{ sinceLast }`: ms since the last selected event. */
export function sinceLast(plan: SelectionPlan): Aggregate {
  return { ...sinceFirst(plan), first: false };
}
