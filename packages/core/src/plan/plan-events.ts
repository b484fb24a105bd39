import { MEASURE_FORMS, measureKind } from "../definition/measure.ts";
import { eventNames, filterOf, type Narrowing, type Selector } from "../definition/selector.ts";
import { getOrAdd } from "../engine/get-or-add.ts";
import { AFTER, ANY_EVENT, SELECTED, SESSION } from "../engine/operator.ts";
import type { EventPlan, HookPlan } from "../engine/plan.ts";
import { equalityOf, planFilter } from "../filter/plan-filter.ts";
import type { TestPlan } from "../filter/test-plan.ts";
import type { Scalar } from "../log/entry.ts";
import type { Computed } from "./plan-operator.ts";

/** Who takes an event: by its name, by the first equality that a filter demands, by the value demanded there. */
export function planEvents(operators: readonly Computed[], secret: readonly string[] = []): EventPlan[] {
  const names = new Map<string, Map<string | null, Map<Scalar | null, HookPlan[]>>>();
  operators.forEach((computed, operator) => {
    for (const [input, selector] of inputsOf(computed)) {
      const { path = null, value = null, rest } = equalityOf(filterOf(selector));
      const test: [test?: TestPlan] = Object.keys(rest).length > 0 ? [planFilter(rest)] : [];
      // What is private is in no session.
      const isOfSession = input === SELECTED && (computed as Narrowing).within === "session";
      for (const name of new Set(eventNames(selector))) {
        if (isOfSession && secret.includes(name)) continue;
        const paths = getOrAdd(names, name, () => new Map());
        const values = getOrAdd(paths, path, (): Map<Scalar | null, HookPlan[]> => new Map());
        getOrAdd(values, value, (): HookPlan[] => []).push([operator, input, ...test]);
      }
    }
  });
  return [...names].map(([name, paths]) => [
    name,
    [...paths].map(([path, values]) => [path, [...values]] as const),
  ]);
}

/** What an operator is to be shown, and what that is to it. */
function inputsOf(computed: Computed): [input: number, selector: Selector][] {
  if ("traits" in computed) return [];
  if ("trend" in computed) {
    const { trend } = computed;
    return [[SELECTED, "count" in trend ? trend.count : trend.of]];
  }
  if ("sequence" in computed) {
    const { sequence, without } = computed;
    // It tells its steps apart by itself: what one of them takes is shown to it once.
    return [[SELECTED, { event: [...sequence, without ?? []].flat().flatMap(eventNames) }]];
  }
  const { selector } = MEASURE_FORMS[measureKind(computed)!]!;
  const { within, after } = computed as Narrowing;
  return [
    [SELECTED, (computed as unknown as Record<string, Selector>)[selector]!],
    ...(after === undefined ? [] : [[AFTER, after] satisfies [number, Selector]]),
    ...(within === "session" ? [[SESSION, ANY_EVENT] satisfies [number, Selector]] : []),
  ];
}
