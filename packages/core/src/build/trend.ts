import type { TrendCondition } from "../definition/condition.ts";
import type { Duration } from "../definition/duration.ts";
import type { CountMeasure, SumMeasure } from "../definition/measure.ts";
import type { Building } from "./building.ts";

/** What a trend looks at: a count or a sum that is not narrowed, for the periods narrow it. */
export type Trending = Building<CountMeasure, "number"> | Building<SumMeasure, "number">;

/** A trend that lacks its length of a period. */
export interface TrendOf {
  every(period: Duration): TrendEvery;
}

/** A trend that lacks its number of changes. */
export interface TrendEvery {
  /** How many changes in a row. */
  periods(changes: number): TrendChange;
}

/** A trend that lacks its change, a ratio: -0.2 is 20 % less than in the period before. */
export interface TrendChange {
  lte(ratio: number): TrendCondition;
  gte(ratio: number): TrendCondition;
}

/**
 * True when a count or a sum has changed by a ratio from each period to the next, the last one ending now.
 *
 * @example
 * trend(count("Feature Used")).every("7d").periods(2).lte(-0.2)
 * // { trend: { count: "Feature Used" }, every: "7d", periods: 2, change: { lte: -0.2 } }
 */
export function trend(measure: Trending): TrendOf {
  type Change = TrendCondition["change"];
  const changed = (every: Duration, periods: number, change: Change): TrendCondition => {
    // The one place that knows how a trend is written.
    return { trend: { ...(measure as CountMeasure | SumMeasure) }, every, periods, change };
  };
  return {
    every: (every) => ({
      periods: (periods) => ({
        lte: (lte) => changed(every, periods, { lte }),
        gte: (gte) => changed(every, periods, { gte }),
      }),
    }),
  };
}
