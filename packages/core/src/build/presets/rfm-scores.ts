import type { Condition } from "../../definition/condition.ts";
import type { SegmentDefinition } from "../../definition/definition.ts";
import type { Bound } from "../../definition/measure.ts";
import { all } from "../conditions.ts";
import { measure } from "../measures.ts";

/** From 1, low, to 5, high. */
export type RfmScore = 1 | 2 | 3 | 4 | 5;
export type RfmDimension = "recency" | "frequency" | "monetary";

/** The conditions of scoring from `low` to `high`, both included: none towards an end that has no bound. */
export type Scorer = (dimension: RfmDimension, low: RfmScore, high: RfmScore) => Condition[];

/** Reads scores off the named measures, by four bounds for each, in ascending order. */
export function scorer(prefix: string, bounds: Record<RfmDimension, readonly Bound[]>): Scorer {
  return (dimension, low, high) => {
    const value = measure(prefix + dimension);
    // Of five bands, from the least value up: the least time since an order scores highest.
    const [lowest, highest] = dimension === "recency" ? [5 - high, 5 - low] : [low - 1, high - 1];
    const least = bounds[dimension][lowest - 1];
    const end = bounds[dimension][highest];
    return [
      ...(least === undefined ? [] : [value.gte(least)]),
      ...(end === undefined ? [] : [value.lt(end)]),
    ];
  };
}

/** A segment for each score of a dimension. */
export function scoreSegments<Dimension extends RfmDimension>(
  prefix: string,
  dimension: Dimension,
  score: Scorer,
): Record<`${Dimension}-${RfmScore}`, SegmentDefinition> {
  // Counts and sums are there without an order too; the time since one is not.
  const hasOrdered = dimension === "recency" ? [] : [measure(`${prefix}recency`).gte("0ms")];
  const segments = ([1, 2, 3, 4, 5] as const).map((points): [string, SegmentDefinition] => [
    `${dimension}-${points}`,
    {
      name: `RFM ${dimension} ${points}`,
      description: `Has ordered, and scores ${points} of 5 for ${dimension}.`,
      when: all(...hasOrdered, ...score(dimension, points, points)),
    },
  ]);
  return Object.fromEntries(segments) as Record<`${Dimension}-${RfmScore}`, SegmentDefinition>;
}
