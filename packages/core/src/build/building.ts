import type { Duration } from "../definition/duration.ts";
import type { OwnMeasure } from "../definition/measure.ts";
import { comparisons, type Comparisons, type ScalarComparisons } from "./comparisons.ts";
import { fluent } from "./fluent.ts";
import { selector, type Selection } from "./selection.ts";

/** What a measure is compared with: numbers, durations, or any scalar. */
export type Unit = "number" | "duration" | "scalar";

type ComparisonsOf<Measure, Of extends Unit> = {
  number: Comparisons<Measure, number, number>;
  duration: Comparisons<Measure, Duration, Duration>;
  scalar: ScalarComparisons<Measure>;
}[Of];

/** The ways to narrow a selection; each may be taken once. */
type Way = "within" | "after";

interface Narrowings<Measure extends OwnMeasure, Of extends Unit, Left extends Way> {
  /** Keeps the events of a sliding window that ends now, or those of the current session. */
  within(length: Duration | "session"): Building<Measure, Of, Exclude<Left, "within">>;
  /** Keeps the events strictly after the last one that is selected here; all of them when there is none. */
  after(...selection: Selection): Building<Measure, Of, Exclude<Left, "after">>;
}

/**
 * A measure, and what can be said of it next. It is a measure of a definition as it stands, and becomes a condition by a
 * comparison: `count("Product Viewed").within("7d").gt(3)`.
 */
export type Building<Measure extends OwnMeasure, Of extends Unit, Left extends Way = Way> = Measure &
  ComparisonsOf<Measure, Of> &
  Pick<Narrowings<Measure, Of, Left>, Left>;

/** Starts from a measure's JSON. */
export function building<Measure extends OwnMeasure, Of extends Unit>(
  measure: Measure,
): Building<Measure, Of> {
  const narrowings: Narrowings<Measure, Of, Way> = {
    within: (within) => building({ ...measure, within }),
    after: (...selection) => building({ ...measure, after: selector(selection) }),
  };
  return fluent(measure, { ...comparisons(measure), ...narrowings }) as unknown as Building<Measure, Of>;
}
