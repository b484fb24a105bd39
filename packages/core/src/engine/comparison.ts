import { parseDuration } from "../definition/duration.ts";
import type { Comparison } from "../definition/measure.ts";
import type { Filter } from "../filter/filter.ts";
import type { Test } from "../filter/filter-operators.ts";
import type { Scalar } from "../log/entry.ts";

/** A test of an operator's value, made ready. */
export interface CompiledTest {
  /** As it stands in the definition; what is true by itself has none. */
  wanted?: Comparison | Filter;
  holds: Test;
  /** Whole numbers v for which v-1 and v differ in the answer. */
  edges: number[];
}

type ValueTest = (value: Scalar, bound: Scalar, upper: Scalar, all: readonly Scalar[]) => boolean;

const TESTS: Readonly<Record<string, ValueTest>> = {
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  eq: (value, bound) => value === bound,
  ne: (value, bound) => value !== bound,
  in: (value, _bound, _upper, all) => all.includes(value),
  between: (value, bound, upper) => value >= bound && value <= upper,
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
  const compare = TESTS[kind]!;
  const test = (value: Scalar): boolean => compare(value, bound, upper, all);
  return {
    wanted: { [kind]: operand } as Comparison,
    holds: (value) => (ofAny ? value !== undefined : typeof value === "number") && test(value as Scalar),
    edges: [Math.ceil(bound), Math.floor(upper) + 1].filter((edge) => test(edge) !== test(edge - 1)),
  };
}
