import type { SequenceCondition, TrendCondition } from "../definition/condition.ts";
import { milliseconds, type Duration } from "../definition/duration.ts";
import { MEASURE_FORMS, measureKind, type OwnMeasure } from "../definition/measure.ts";
import { eventNames, filterOf, type Narrowing, type Selector } from "../definition/selector.ts";
import type { OperatorPlan, SelectionPlan, StepPlan } from "../engine/plan.ts";
import { planFilter } from "../filter/plan-filter.ts";

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
  if ("traits" in computed) return { kind: "traits" };
  if ("sequence" in computed) return planSequence(computed);
  if ("trend" in computed) return planTrend(computed);
  return planSelection(computed, edges);
}

/** How many events tell apart whatever is asked of their number. */
export function enoughFor(edges: readonly number[]): number {
  return Math.max(1, ...edges);
}

/** What computes each kind of measure, and what of it is particular. */
const KINDS: Readonly<Record<string, Pick<SelectionPlan, "kind" | "mean" | "sign">>> = {
  count: { kind: "count" },
  sum: { kind: "total" },
  avg: { kind: "total", mean: true },
  min: { kind: "extreme", sign: 1 },
  max: { kind: "extreme", sign: -1 },
  distinct: { kind: "distinct" },
  favorite: { kind: "favorite" },
  first: { kind: "head" },
  last: { kind: "head" },
  sinceLast: { kind: "since" },
  sinceFirst: { kind: "since" },
};

function planSelection(measure: OwnMeasure, edges: readonly number[]): SelectionPlan {
  const written = measureKind(measure)!;
  const { kind } = KINDS[written]!;
  const { within, after } = measure as Narrowing;
  const isWhole = within === undefined && after === undefined;
  const isOfNumber = kind === "count" || kind === "distinct";
  const isLast = written === "last" || written === "sinceLast";
  const latest = isOfNumber ? enoughFor(edges) : isLast ? 1 : Infinity;
  return {
    ...KINDS[written]!,
    ...(MEASURE_FORMS[written]!.selector === "of" && {
      path: (measure as unknown as Record<string, string>)[written]!,
    }),
    ...(within !== undefined && within !== "session" && { within: milliseconds(within) }),
    ...((kind === "head" || after !== undefined) && { ordered: true }),
    ...(isWhole && ["count", "total", "favorite"].includes(kind) && { folded: true }),
    ...(isWhole && !isLast && ["head", "extreme", "since"].includes(kind) && { single: true }),
    ...(latest < Infinity && { latest }),
    ...((isOfNumber || kind === "since") &&
      !(isOfNumber && isOnly(latest, edges)) && { edges: finite(edges) }),
  };
}

function planTrend({ trend, every, periods, change }: TrendCondition): SelectionPlan {
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
    bound: sign * Number(Number((1 + ratio).toPrecision(15)).toFixed(14)) + nearness(ratio),
  };
}

/** How near is equal: a ratio of more digits than people write is a fraction, as 2/3, that was cut somewhere. */
function nearness(ratio: number): number {
  return String(ratio).length > 12 ? 1e-14 * (1 + Math.abs(ratio)) : 0;
}

function planSequence({ sequence, span, without, within }: SequenceCondition): OperatorPlan {
  const ms = (duration: Duration | undefined, key: string): Record<string, number> =>
    duration === undefined ? {} : { [key]: milliseconds(duration) };
  return {
    kind: "sequence",
    steps: sequence.map(planStep),
    ...(without !== undefined && { without: planStep(without) }),
    ...ms(span, "span"),
    ...ms(within, "within"),
  };
}

function planStep(selector: Selector): StepPlan {
  const filter = filterOf(selector);
  const names = [...new Set(eventNames(selector))];
  return Object.keys(filter).length > 0 ? [names, planFilter(filter)] : [names];
}

/** Whether nothing is asked of a number but whether it has come to that. */
function isOnly(number: number, edges: readonly number[]): boolean {
  return finite(edges).length === 1 && edges.every((edge) => edge === number);
}

function finite(edges: readonly number[]): number[] {
  return [...new Set(edges)].filter(Number.isFinite).sort((a, b) => a - b);
}
