import type { Bound } from "../definition/measure.ts";
import type { Scalar } from "../log/entry.ts";

/** What makes a condition of a measure. A measure that is missing satisfies none of them, `ne` neither. */
export interface Comparisons<Measure, Ordered extends Bound, Equal extends Scalar> {
  gt(bound: Ordered): Measure & { gt: Ordered };
  gte(bound: Ordered): Measure & { gte: Ordered };
  lt(bound: Ordered): Measure & { lt: Ordered };
  lte(bound: Ordered): Measure & { lte: Ordered };
  eq(value: Equal): Measure & { eq: Equal };
  ne(value: Equal): Measure & { ne: Equal };
  /** Both ends included. */
  between(low: Ordered, high: Ordered): Measure & { between: readonly [Ordered, Ordered] };
}

/** The comparisons of a measure that may be any scalar; its order is that of numbers. */
export interface ScalarComparisons<Measure, Ordered extends Bound = number> extends Comparisons<
  Measure,
  Ordered,
  Scalar
> {
  /** Equal to one of them. */
  in(values: readonly Scalar[]): Measure & { in: readonly Scalar[] };
}

/** The comparisons of a measure; which of them it may be given, its type says. */
export function comparisons<Measure extends object>(measure: Measure): ScalarComparisons<Measure, Bound> {
  return {
    gt: (gt) => ({ ...measure, gt }),
    gte: (gte) => ({ ...measure, gte }),
    lt: (lt) => ({ ...measure, lt }),
    lte: (lte) => ({ ...measure, lte }),
    eq: (eq) => ({ ...measure, eq }),
    ne: (ne) => ({ ...measure, ne }),
    between: (low, high) => ({ ...measure, between: [low, high] }),
    in: (values) => ({ ...measure, in: [...values] }),
  };
}
