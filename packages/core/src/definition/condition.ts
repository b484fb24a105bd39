import type { Filter } from "../filter/filter.ts";
import type { Comparison, Measure } from "./measure.ts";

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

/** True when the profile is in that segment. */
export interface SegmentCondition {
  segment: string;
}

/** True when the profile's traits match. */
export interface TraitCondition {
  trait: Filter;
}

/** True when the measure is there and compares. */
export type MeasureCondition = Measure & Comparison;

export type Condition =
  AllCondition | AnyCondition | NotCondition | SegmentCondition | TraitCondition | MeasureCondition;

/** The keys that name a condition other than a comparison of a measure. */
export const CONDITION_KEYS = ["all", "any", "not", "segment", "trait"] as const;
