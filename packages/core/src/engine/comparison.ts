import { COMPARISONS, type Bound, type Comparison, type MeasureForm } from "../definition/measure.ts";
import { parseDuration } from "../definition/duration.ts";
import type { Scalar } from "../log/entry.ts";

/** A comparison made ready: its test, and the edges at which the test's answer can change. */
export interface CompiledComparison {
  holds(value: Scalar | undefined): boolean;
  /** Whole numbers v for which v-1 and v differ in the test's answer. */
  edges: number[];
}

/** Of what is true or false by itself. */
export const IS_TRUE: CompiledComparison = { holds: (value) => value === true, edges: [] };

const ORDER_TESTS: Record<string, (value: number, bound: number, upper: number) => boolean> = {
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  eq: (value, bound) => value === bound,
  ne: (value, bound) => value !== bound,
  between: (value, bound, upper) => value >= bound && value <= upper,
};

/** The comparison that stands in a condition beside a measure of that unit. Missing makes every comparison false. */
export function compileComparison(condition: Comparison, unit: MeasureForm["unit"]): CompiledComparison {
  const kind = COMPARISONS.find((key) => Object.hasOwn(condition, key)) as keyof Comparison;
  const wanted = condition[kind];
  if (unit === "scalar" && (kind === "eq" || kind === "ne" || kind === "in")) {
    const known: ReadonlySet<unknown> = new Set([wanted].flat());
    return {
      holds: (value) => value !== undefined && known.has(value) !== (kind === "ne"),
      edges: [],
    };
  }
  const [bound = NaN, upper = bound] = [wanted].flat().map((part) => number(part as Bound));
  const test = ORDER_TESTS[kind]!;
  return {
    holds: (value) => typeof value === "number" && test(value, bound, upper),
    edges: [...new Set([Math.ceil(bound), Math.floor(upper) + 1])].filter(
      (edge) => test(edge, bound, upper) !== test(edge - 1, bound, upper),
    ),
  };
}

function number(bound: Bound): number {
  return typeof bound === "number" ? bound : (parseDuration(bound) as number);
}
