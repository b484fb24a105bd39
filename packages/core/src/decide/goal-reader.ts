import { eventNames, filterOf, type Selector } from "../definition/selector.ts";
import { unitsReader } from "../engine/operators/read-value.ts";
import type { Total } from "../engine/operators/total.ts";
import { compileFilter, type Filter } from "../filter/filter.ts";
import type { MurmurEvent } from "../log/entry.ts";

/** Which events are a conversion, and where in their properties it says what one is worth. */
export interface CountedGoal {
  event: string | readonly string[];
  where?: Filter;
  /** A dotted path. */
  value?: string;
}

/** What an event is worth to a goal, in units of 1/10000; 0 where it says nothing of it. None for what is no conversion. */
export function goalReader(goal: CountedGoal): (event: MurmurEvent) => Total | undefined {
  const selector: Selector = { event: goal.event, ...(goal.where && { where: goal.where }) };
  const names = new Set(eventNames(selector));
  const matches = compileFilter(filterOf(selector));
  const worth = goal.value === undefined ? () => 0 : unitsReader(goal.value);
  return (event) =>
    names.has(event.name) && matches(event.properties ?? {}) ? (worth(event) ?? 0) : undefined;
}
