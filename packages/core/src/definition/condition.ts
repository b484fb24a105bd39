import type { Filter } from "../filter/filter.ts";
import type { Duration } from "./duration.ts";
import type { Comparison, Measure } from "./measure.ts";
import type { Selector } from "./selector.ts";

/** True when all of them are; an empty list is true. */
export interface AllCondition {
  all: readonly Condition[];
}

/** True when one of them is; an empty list is false. */
export interface AnyCondition {
  any: readonly Condition[];
}

export interface NotCondition {
  not: Condition;
}

/** True when that many of them are, or more. */
export interface AtLeastCondition {
  atLeast: number;
  of: readonly Condition[];
}

/** True when the profile is in that segment. */
export interface SegmentCondition {
  segment: string;
}

/** True when the profile's traits match. */
export interface TraitCondition {
  trait: Filter;
}

/** True when the context of this page or request matches. */
export interface ContextCondition {
  context: Filter;
}

/** True when there are events e1 < e2 < …, one for each selector, in order. */
export interface SequenceCondition {
  sequence: readonly Selector[];
  /** The longest time from the first to the last of them. */
  span?: Duration;
  /** No event that this takes stands strictly between the first and the last. */
  without?: Selector;
  /** The first of them lies inside this sliding window. */
  within?: Duration;
}

/** True when a measure has changed by a ratio, period after period, each of a length and the last ending now. */
export interface TrendCondition {
  /** A count, or a sum of the numbers at a path. */
  trend: { count: Selector } | { sum: string; of: Selector };
  every: Duration;
  /** How many changes in a row. */
  periods: number;
  /** `w(k)/w(k+1) - 1` of each period and the one before, as -0.2 for 20 % less. */
  change: { lte: number } | { gte: number };
}

/** True when the measure is there and compares. */
export type MeasureCondition = Measure & Comparison;

export type Condition =
  | AllCondition
  | AnyCondition
  | NotCondition
  | AtLeastCondition
  | SegmentCondition
  | TraitCondition
  | ContextCondition
  | SequenceCondition
  | TrendCondition
  | MeasureCondition;

/** The keys that name a condition other than a comparison of a measure. */
export const CONDITION_KEYS = [
  "all",
  "any",
  "not",
  "atLeast",
  "segment",
  "trait",
  "context",
  "sequence",
  "trend",
] as const;
