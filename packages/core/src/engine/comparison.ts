import { COMPARISONS, type Bound, type Comparison } from "../definition/measure.ts";
import { parseDuration } from "../definition/duration.ts";
import type { Scalar } from "../log/entry.ts";

/** A comparison made ready: its test, and the edges at which the test's answer can change. */
export interface CompiledComparison {
  holds(value: Scalar | undefined): boolean;
  /** Whole numbers v for which v-1 and v differ in the test's answer. */
  edges: number[];
}

const TESTS: Record<string, (value: number, bound: number, upper: number) => boolean> = {
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  eq: (value, bound) => value === bound,
  ne: (value, bound) => value !== bound,
  between: (value, bound, upper) => value >= bound && value <= upper,
};

/** The comparison that stands in a condition beside a measure, or nothing. */
export function compileComparison(condition: Comparison): CompiledComparison | undefined {
  const kind = COMPARISONS.find((key) => Object.hasOwn(condition, key));
  if (!kind) return undefined;
  const [low, high] = (kind === "between" ? condition.between : [condition[kind], condition[kind]]) as [
    Bound,
    Bound,
  ];
  const bound = number(low);
  const upper = number(high);
  const test = TESTS[kind]!;
  return {
    // A missing measure makes every comparison false.
    holds: (value) => typeof value === "number" && test(value, bound, upper),
    edges: [...new Set([Math.ceil(bound), Math.floor(upper) + 1])].filter(
      (edge) => test(edge, bound, upper) !== test(edge - 1, bound, upper),
    ),
  };
}

function number(bound: Bound): number {
  return typeof bound === "number" ? bound : (parseDuration(bound) as number);
}
