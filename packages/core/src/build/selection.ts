import type { Selector } from "../definition/selector.ts";
import type { Filter } from "../filter/filter.ts";

/** Which events, as builders take it: a name or names with a filter if need be, or a selector as JSON has it. */
export type Selection =
  readonly [events: string | readonly string[], where?: Filter] | readonly [selector: Step];

/** One place of a sequence: a name, names of which any will do, or a selector as JSON has it. */
export type Step = Selector | readonly string[];

/** The selector that a builder's arguments stand for. */
export function selector(selection: Selection): Selector {
  const [events, where] = selection;
  if (typeof events === "string") return where ? { event: events, where } : events;
  if ("event" in events) return events;
  return { event: [...events], ...(where && { where }) };
}
