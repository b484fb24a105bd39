import type { ExperimentGoal } from "../definition/experiment.ts";
import { eventNames, filterOf, type Selector } from "../definition/selector.ts";
import { unitsReader } from "../engine/operators/read-value.ts";
import type { Total } from "../engine/operators/total.ts";
import { planFilter } from "../filter/plan-filter.ts";
import { testOf } from "../filter/test-of.ts";
import type { MurmurEvent } from "../log/entry.ts";

/** What an event is worth to a goal, in units of 1/10000; 0 where it says nothing of it. None for what is no conversion. */
export function goalReader(goal: ExperimentGoal): (event: MurmurEvent) => Total | undefined {
  const selector: Selector = { event: goal.event, ...(goal.where && { where: goal.where }) };
  const names = new Set(eventNames(selector));
  const matches = testOf(planFilter(filterOf(selector)));
  const worth = goal.value === undefined ? () => 0 : unitsReader(goal.value);
  return (event) =>
    names.has(event.name) && matches(event.properties ?? {}) ? (worth(event) ?? 0) : undefined;
}
