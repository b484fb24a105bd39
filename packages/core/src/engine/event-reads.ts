import { eventNames, filterOf } from "../definition/selector.ts";
import { filterRoots } from "../filter/filter.ts";
import type { Program } from "./program.ts";

/** For each event name that a program looks at, the top-level properties that it reads. */
export type EventReads = ReadonlyMap<string, ReadonlySet<string>>;

/** What a program needs to know of the log: the least that has to travel to where it runs. */
export function eventReads(program: Program): EventReads {
  const reads = new Map<string, Set<string>>();
  for (const { operator } of program.plan.operators) {
    for (const selector of operator.inputs) {
      for (const name of eventNames(selector)) {
        const roots = reads.get(name) ?? new Set();
        for (const root of filterRoots(filterOf(selector) ?? {})) roots.add(root);
        reads.set(name, roots);
      }
    }
  }
  return reads;
}
