import { eventNames, filterOf } from "../definition/selector.ts";
import { filterRoots } from "../filter/filter.ts";
import type { Entry, Json } from "../log/entry.ts";
import type { Program } from "./program.ts";

/** What a program looks at in a log: the least that has to travel to where it runs. */
export interface Reads {
  /** Top-level properties, by event name. */
  events: ReadonlyMap<string, ReadonlySet<string>>;
  /** Top-level traits. */
  traits: ReadonlySet<string>;
}

export function readsOf(program: Program): Reads {
  const events = new Map<string, Set<string>>();
  for (const { operator } of program.plan.operators) {
    for (const selector of operator.inputs) {
      for (const name of eventNames(selector)) {
        const roots = events.get(name) ?? new Set();
        for (const root of filterRoots(filterOf(selector) ?? {})) roots.add(root);
        events.set(name, roots);
      }
    }
  }
  return { events, traits: new Set(program.plan.traitTests.flatMap(({ roots }) => roots)) };
}

/** The entry with only what is read of it; nothing when it is not read at all. */
export function cutEntry(entry: Entry, reads: Reads): Entry | undefined {
  if (entry.type === "identify") {
    const traits = pick(entry.traits, reads.traits);
    return Object.keys(traits).length > 0 ? { ...entry, traits } : undefined;
  }
  const roots = reads.events.get(entry.name);
  return roots && { ...entry, properties: pick(entry.properties ?? {}, roots) };
}

function pick(source: Readonly<Record<string, Json>>, keys: ReadonlySet<string>): Record<string, Json> {
  return Object.fromEntries(Object.entries(source).filter(([key]) => keys.has(key)));
}
