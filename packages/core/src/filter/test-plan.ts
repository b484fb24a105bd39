import type { Scalar } from "../log/entry.ts";

/** A test of one value as plain JSON: what filters and comparisons come to, made once, where a definition is compiled. */
export type TestPlan =
  /** All of them hold, or any. */
  | readonly ["all" | "any", readonly TestPlan[]]
  | readonly ["not", TestPlan]
  /** The value is a list, and some element holds. */
  | readonly ["some", TestPlan]
  /** What stands at a dotted path of the value holds. */
  | readonly ["at", path: string, TestPlan]
  /** The value is that scalar; a missing one is null. */
  | readonly ["eq", Scalar | null]
  | readonly ["in", readonly unknown[]]
  /** Its canonical JSON text is that. */
  | readonly ["json", string]
  | readonly ["gt" | "gte" | "lt" | "lte", number | string]
  | readonly ["type", string]
  /** The value is a text in which the pattern is found. */
  | readonly ["regex", string];
