import type { SequenceCondition, TrendCondition } from "../definition/condition.ts";
import { milliseconds, type Duration } from "../definition/duration.ts";
import { MEASURE_FORMS, measureKind, type OwnMeasure } from "../definition/measure.ts";
import { eventNames, filterOf, type Narrowing, type Selector } from "../definition/selector.ts";
import { ANY_EVENT, AFTER, SESSION } from "../engine/operator.ts";
import type { InputPlan, OperatorPlan, SelectionPlan, SelectorPlan, TrendPlan } from "../engine/plan.ts";
import { equalityOf, planFilter } from "../filter/plan-filter.ts";
import type { Filter } from "../filter/filter.ts";

/** What there is to compute where traits are asked for. */
export const TRAITS = { traits: true } as const;

/** What an operator computes. */
export type Computed = OwnMeasure | SequenceCondition | TrendCondition | typeof TRAITS;

/**
 * Plans an operator, of which is asked: the whole numbers at which the answer of some comparison changes, v-1 and v
 * differing in it for an edge v; an edge at Infinity asks for the value itself. It keeps no more state, and wakes no more
 * often, than this needs.
 */
export function planOperator(computed: Computed, edges: readonly number[]): OperatorPlan {
  if ("traits" in computed) return { kind: "traits", inputs: [] };
  if ("sequence" in computed) return planSequence(computed);
  if ("trend" in computed) return planTrend(computed);
  return planSelection(computed, edges);
}

/** How many events tell apart whatever is asked of their number. */
export function enoughFor(edges: readonly number[]): number {
  return Math.max(1, ...edges);
}

function planSelection(measure: OwnMeasure, edges: readonly number[]): SelectionPlan {
  const kind = measureKind(measure)!;
  const { selector } = MEASURE_FORMS[kind]!;
  const written = measure as unknown as Readonly<Record<string, Selector>>;
  const { within, after } = measure as Narrowing;
  const isOfNumber = kind === "count" || kind === "distinct";
  const latest = isOfNumber ? enoughFor(edges) : kind === "last" || kind === "sinceLast" ? 1 : Infinity;
  return {
    kind,
    ...(selector === "of" && { path: written[kind] as string }),
    ...(within !== undefined && within !== "session" && { within: milliseconds(within) }),
    ...(within === undefined && after === undefined && { whole: true }),
    ...((kind === "first" || kind === "last" || after !== undefined) && { ordered: true }),
    ...(latest < Infinity && { latest }),
    ...((isOfNumber || kind.startsWith("since")) && { edges: finite(edges) }),
    inputs: [
      planInput(written[selector]!),
      ...(after === undefined ? [] : [{ input: AFTER, ...planInput(after) }]),
      ...(within === "session" ? [{ input: SESSION, names: [ANY_EVENT] }] : []),
    ],
  };
}

function planTrend({ trend, every, periods, change }: TrendCondition): TrendPlan {
  const length = milliseconds(every);
  // One more than the ratio, as it is written: 4/5 - 1 would come out above -0.2, and 1 - 0.9 below 0.1.
  const [sign, ratio] = "lte" in change ? ([1, change.lte] as const) : ([-1, change.gte] as const);
  return {
    kind: "trend",
    ...("sum" in trend && { path: trend.sum }),
    within: (periods + 1) * length,
    every: length,
    periods,
    sign,
    // There is but one zero: -0 + 0 is 0.
    bound: sign * Number((1 + ratio).toPrecision(15)) + 0,
    inputs: [planInput("sum" in trend ? trend.of : trend.count)],
  };
}

function planSequence({ sequence, span, without, within }: SequenceCondition): OperatorPlan {
  const ms = (duration: Duration | undefined, key: string): Record<string, number> =>
    duration === undefined ? {} : { [key]: milliseconds(duration) };
  return {
    kind: "sequence",
    steps: sequence.map(planSelector),
    ...(without !== undefined && { without: planSelector(without) }),
    ...ms(span, "span"),
    ...ms(within, "within"),
    inputs: [{ names: [...new Set([...sequence, without ?? []].flat().flatMap(eventNames))] }],
  };
}

function planSelector(selector: Selector): SelectorPlan {
  return { names: [...new Set(eventNames(selector))], ...planTest(filterOf(selector)) };
}

/** A selector, and by which of its equalities the index may pass over it. */
function planInput(selector: Selector): InputPlan {
  const { rest, ...equality } = equalityOf(filterOf(selector));
  return { names: [...new Set(eventNames(selector))], ...equality, ...planTest(rest) };
}

function planTest(filter: Filter): Pick<SelectorPlan, "test"> {
  return Object.keys(filter).length > 0 ? { test: planFilter(filter) } : {};
}

function finite(edges: readonly number[]): number[] {
  return [...new Set(edges)].filter(Number.isFinite).sort((a, b) => a - b);
}
