import { canonical } from "../definition/canonical.ts";
import type { Condition, MeasureCondition } from "../definition/condition.ts";
import { parseDuration } from "../definition/duration.ts";
import {
  COMPARISONS,
  MEASURE_FORMS,
  measureKind,
  type Comparison,
  type OwnMeasure,
} from "../definition/measure.ts";
import type { Selector } from "../definition/selector.ts";

export type Measures = Readonly<Record<string, OwnMeasure>>;

/** A measure condition in the pieces that rules look at. */
export interface Measured {
  /** As `count` or `sinceLast`. */
  kind: string;
  /** The measure alone, names looked up. */
  measure: OwnMeasure;
  /** Equal for equal measures. */
  key: string;
  selector: Selector;
  comparison: keyof Comparison;
  /** What it is compared with: durations in ms. */
  wanted: readonly unknown[];
}

/** The pieces of a measure condition; nothing when the condition is another one. */
export function measured(condition: Condition, measures: Measures): Measured | undefined {
  const comparison = COMPARISONS.find((key) => Object.hasOwn(condition, key));
  if (comparison === undefined) return undefined;
  const compared = condition as MeasureCondition;
  const measure = "measure" in compared ? measures[compared.measure] : withoutComparison(compared);
  const kind = measure && measureKind(measure);
  if (!measure || kind === undefined) return undefined;
  const isDuration = MEASURE_FORMS[kind]?.unit === "duration";
  const wanted = [compared[comparison]].flat() as unknown[];
  return {
    kind,
    measure,
    key: canonical(measure),
    selector: selectorOf(measure),
    comparison,
    wanted: isDuration ? wanted.map(parseDuration) : wanted,
  };
}

/** The selector of a measure. */
export function selectorOf(measure: OwnMeasure): Selector {
  const fields = measure as unknown as Record<string, Selector>;
  return fields[MEASURE_FORMS[measureKind(measure)!]!.selector]!;
}

function withoutComparison(condition: MeasureCondition): OwnMeasure {
  const rest = Object.entries(condition).filter(([key]) => !COMPARISONS.some((one) => one === key));
  return Object.fromEntries(rest) as unknown as OwnMeasure;
}
