import { parseDuration } from "../definition/duration.ts";
import type { Comparison } from "../definition/measure.ts";
import type { Filter } from "../filter/filter.ts";
import type { Test } from "../filter/filter-operators.ts";

/** A test of an operator's value, made ready. */
export interface CompiledTest {
  /** As it stands in the definition; what is true by itself has none. */
  wanted?: Comparison | Filter;
  holds: Test;
  /** Whole numbers v for which v-1 and v differ in the answer. */
  edges: number[];
}

/** What is missing, undefined, satisfies none. */
const TESTS: Readonly<Record<string, (bound: never, upper: number, all: readonly unknown[]) => Test>> = {
  gt: (bound) => (value) => (value as number) > bound,
  gte: (bound) => (value) => (value as number) >= bound,
  lt: (bound) => (value) => (value as number) < bound,
  lte: (bound) => (value) => (value as number) <= bound,
  eq: (bound) => (value) => value === bound,
  ne: (bound) => (value) => value !== undefined && value !== bound,
  in: (_bound, _upper, all) => (value) => all.includes(value),
  between: (bound, upper) => (value) => (value as number) >= bound && (value as number) <= upper,
};

/** What a condition says without its comparison: what there is to compute. */
export function uncompared(condition: object): object {
  return Object.fromEntries(Object.entries(condition).filter(([key]) => !(key in TESTS)));
}

/** The comparison of a condition, of scalars or of numbers. Missing makes every comparison false. */
export function compileComparison(condition: object, ofScalars: boolean): CompiledTest {
  const kind = Object.keys(condition).find((key) => key in TESTS) as keyof Comparison | undefined;
  if (!kind) return { holds: (value) => value === true, edges: [] };
  const operand = (condition as Comparison)[kind]!;
  // `eq`, `ne` and `in`: scalars that are no numbers have no order.
  const ofAny = ofScalars && /^[ein]/.test(kind);
  const all = [operand].flat().map((each) => (ofAny ? each : (parseDuration(each) ?? each)));
  const [bound, upper = bound] = all as [number, number?];
  const test = TESTS[kind]!(bound as never, upper, all);
  return {
    wanted: { [kind]: operand } as Comparison,
    // Scalars that are no numbers have no order, but "10" > 9.
    holds: ofScalars && !ofAny ? (value) => typeof value === "number" && test(value) : test,
    edges: [Math.ceil(bound), Math.floor(upper) + 1].filter((edge) => test(edge) !== test(edge - 1)),
  };
}
