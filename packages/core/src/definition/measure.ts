import type { Scalar } from "../log/entry.ts";
import type { Duration } from "./duration.ts";
import type { Narrowing, Selector } from "./selector.ts";

/** How many of the selected events there are. */
export interface CountMeasure extends Narrowing {
  count: Selector;
}

/** What is read of the selected events at a dotted path of their properties. */
interface OfSelected extends Narrowing {
  of: Selector;
}

/** Sum of the finite numbers at a path: each rounded to 4 decimals, exact, saturating at ±900,000,000,000; 0 if none. */
export interface SumMeasure extends OfSelected {
  sum: string;
}

/** That sum divided by how many numbers there are; missing if none. */
export interface AvgMeasure extends OfSelected {
  avg: string;
}

export interface MinMeasure extends OfSelected {
  min: string;
}

export interface MaxMeasure extends OfSelected {
  max: string;
}

/** How many different scalars there are at a path; `1` and `"1"` differ. */
export interface DistinctMeasure extends OfSelected {
  distinct: string;
}

/** The scalar seen most often; between equals, the one seen last; missing if none. */
export interface FavoriteMeasure extends OfSelected {
  favorite: string;
}

/** The scalar in the first selected event that has one; missing if none. */
export interface FirstMeasure extends OfSelected {
  first: string;
}

/** The scalar in the last selected event that has one; missing if none. */
export interface LastMeasure extends OfSelected {
  last: string;
}

/** Milliseconds since the last of the selected events; missing if there is none. */
export interface SinceLastMeasure extends Narrowing {
  sinceLast: Selector;
}

/** Milliseconds since the first of the selected events; missing if there is none. */
export interface SinceFirstMeasure extends Narrowing {
  sinceFirst: Selector;
}

/** A measure of the definition, by its name. */
export interface NamedMeasure {
  measure: string;
}

export type OwnMeasure =
  | CountMeasure
  | SumMeasure
  | AvgMeasure
  | MinMeasure
  | MaxMeasure
  | DistinctMeasure
  | FavoriteMeasure
  | FirstMeasure
  | LastMeasure
  | SinceLastMeasure
  | SinceFirstMeasure;
export type Measure = OwnMeasure | NamedMeasure;

/** A number, computed from the log at an instant, or a duration where the measure is one. */
export type Bound = number | Duration;

/** What a measure is held against; a missing measure satisfies none of them, `ne` neither. */
export interface Comparison {
  gt?: Bound;
  gte?: Bound;
  lt?: Bound;
  lte?: Bound;
  /** Any scalar for `favorite`, `first` and `last`. */
  eq?: Scalar;
  ne?: Scalar;
  /** One of these; for `favorite`, `first` and `last`. */
  in?: readonly Scalar[];
  /** Both ends included. */
  between?: readonly [Bound, Bound];
}

/** How a kind of measure is written. A new kind is one line here, one in plan/plan-operator.ts and one file in engine/operators. */
export interface MeasureForm {
  /** The key whose value is the selector. */
  selector: "count" | "of" | "sinceLast" | "sinceFirst";
  /** What the measure compares with. */
  unit: "number" | "duration" | "scalar";
}

const OF_NUMBER: MeasureForm = { selector: "of", unit: "number" };
const OF_SCALAR: MeasureForm = { selector: "of", unit: "scalar" };

/** By the key that names the kind. Where the selector stands under `of`, the kind's own key holds the path. */
export const MEASURE_FORMS: Readonly<Record<string, MeasureForm>> = {
  count: { selector: "count", unit: "number" },
  sum: OF_NUMBER,
  avg: OF_NUMBER,
  min: OF_NUMBER,
  max: OF_NUMBER,
  distinct: OF_NUMBER,
  favorite: OF_SCALAR,
  first: OF_SCALAR,
  last: OF_SCALAR,
  sinceLast: { selector: "sinceLast", unit: "duration" },
  sinceFirst: { selector: "sinceFirst", unit: "duration" },
};

export const COMPARISONS: readonly (keyof Comparison)[] = [
  "gt",
  "gte",
  "lt",
  "lte",
  "eq",
  "ne",
  "in",
  "between",
];

/** Whether its value is any scalar, and so no order is asked of it by `eq`, `ne` and `in`. */
export function isOfScalars(measure: object): boolean {
  return "favorite" in measure || "first" in measure || "last" in measure;
}

/** The key that says which kind of measure this is. */
export function measureKind(measure: object): string | undefined {
  return Object.keys(MEASURE_FORMS).find((key) => Object.hasOwn(measure, key));
}
