import type { Duration } from "./duration.ts";
import type { Narrowing, Selector } from "./selector.ts";

/** How many of the selected events there are. */
export interface CountMeasure extends Narrowing {
  count: Selector;
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

export type OwnMeasure = CountMeasure | SinceLastMeasure | SinceFirstMeasure;
export type Measure = OwnMeasure | NamedMeasure;

/** A number, computed from the log at an instant, or a duration where the measure is one. */
export type Bound = number | Duration;

/** What a measure is held against; a missing measure satisfies none of them, `ne` neither. */
export interface Comparison {
  gt?: Bound;
  gte?: Bound;
  lt?: Bound;
  lte?: Bound;
  eq?: Bound;
  ne?: Bound;
  /** Both ends included. */
  between?: readonly [Bound, Bound];
}

/** How a kind of measure is written. A new kind is one line here and one file in engine/operators. */
export interface MeasureForm {
  /** The key whose value is the selector. */
  selector: "count" | "sinceLast" | "sinceFirst";
  /** What the measure compares with. */
  unit: "number" | "duration";
}

export const MEASURE_FORMS: Readonly<Record<string, MeasureForm>> = {
  count: { selector: "count", unit: "number" },
  sinceLast: { selector: "sinceLast", unit: "duration" },
  sinceFirst: { selector: "sinceFirst", unit: "duration" },
};

export const COMPARISONS: readonly (keyof Comparison)[] = ["gt", "gte", "lt", "lte", "eq", "ne", "between"];

/** The key that says which kind of measure this is. */
export function measureKind(measure: object): string | undefined {
  return Object.keys(MEASURE_FORMS).find((key) => Object.hasOwn(measure, key));
}
