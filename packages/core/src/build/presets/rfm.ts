import type { Duration } from "../../definition/duration.ts";
import type { OwnMeasure } from "../../definition/measure.ts";
import { count, sinceLast, sum } from "../measures.ts";
import { selector, type Step } from "../selection.ts";
import { checkAscending, prefixed, type MeasuredPreset } from "./preset.ts";
import { cellSegments, type RfmCell } from "./rfm-cells.ts";
import { scorer, scoreSegments, type RfmDimension, type RfmScore } from "./rfm-scores.ts";

/** The segments that `rfm` makes, without their prefix. */
export type RfmSegment = `${RfmDimension}-${RfmScore}` | RfmCell;

/**
 * The four bounds between five scores, in ascending order; for scores that each take a fifth of the customers, their
 * values at 20, 40, 60 and 80 %.
 */
export type RfmBounds<Bound> = readonly [Bound, Bound, Bound, Bound];

export interface RfmOptions<Prefix extends string> {
  /** The events that are an order. `"Order Completed"` by default. */
  order?: Step;
  /** The path of an order's value. `"total"` by default. */
  value?: string;
  /** Time since the last order: less than the first bound scores 5, the last bound or more scores 1. 30d, 60d, 120d, 240d by default. */
  recency?: RfmBounds<Duration>;
  /** Orders: fewer than the first bound score 1, the last bound or more score 5. 2, 3, 5, 8 by default. */
  frequency?: RfmBounds<number>;
  /** Sum of the orders' values: less than the first bound scores 1, the last or more scores 5. 50, 150, 400, 1000 by default. */
  monetary?: RfmBounds<number>;
  /** The window in which orders are counted and summed; the whole log by default. */
  within?: Duration;
  /** What the ids of segments and the names of measures begin with. `"rfm-"` by default. */
  prefix?: Prefix;
}

/**
 * Recency, frequency and monetary value, each as a measure and as a score from 1 (low) to 5 (high), and the cells of
 * recency by frequency under their usual names. Everybody who has ordered is in exactly one segment of each score and in
 * exactly one cell; who has not is in none.
 *
 * | recency ↓ frequency → | 1                 | 2                 | 3                 | 4             | 5           |
 * | --------------------- | ----------------- | ----------------- | ----------------- | ------------- | ----------- |
 * | 5                     | new-customer      | potential-loyalist | potential-loyalist | champion     | champion    |
 * | 4                     | promising         | potential-loyalist | potential-loyalist | loyal        | loyal       |
 * | 3                     | about-to-sleep    | about-to-sleep    | needs-attention   | loyal         | loyal       |
 * | 2                     | hibernating       | hibernating       | at-risk           | at-risk       | cannot-lose |
 * | 1                     | lost              | lost              | at-risk           | at-risk       | cannot-lose |
 *
 * The monetary score stands beside the cells: `all(segment("rfm-champion"), segment("rfm-monetary-5"))`.
 *
 * @throws DefinitionError when bounds are not in ascending order
 * @example
 * define({ ...rfm({ monetary: [40, 90, 180, 400] }) }) // segments "rfm-recency-5", "rfm-champion" and so on
 */
export function rfm<Prefix extends string = "rfm-">(
  options: RfmOptions<Prefix> = {},
): MeasuredPreset<`${Prefix}${RfmSegment}`, `${Prefix}${RfmDimension}`> {
  const prefix = (options.prefix ?? "rfm-") as Prefix;
  const {
    recency = ["30d", "60d", "120d", "240d"],
    frequency = [2, 3, 5, 8],
    monetary = [50, 150, 400, 1000],
  } = options;
  checkAscending("rfm.recency", recency, "loose");
  checkAscending("rfm.frequency", frequency, "loose");
  checkAscending("rfm.monetary", monetary, "loose");
  const order = selector([options.order ?? "Order Completed"]);
  const { within, value = "total" } = options;
  const orders = count(order);
  const spent = sum(value).of(order);
  const measures: Record<RfmDimension, OwnMeasure> = {
    recency: { ...sinceLast(order) },
    frequency: { ...(within ? orders.within(within) : orders) },
    monetary: { ...(within ? spent.within(within) : spent) },
  };
  const score = scorer(prefix, { recency, frequency, monetary });
  const segments = {
    ...scoreSegments(prefix, "recency", score),
    ...scoreSegments(prefix, "frequency", score),
    ...scoreSegments(prefix, "monetary", score),
    ...cellSegments(score),
  };
  return { segments: prefixed(prefix, segments), measures: prefixed(prefix, measures) };
}
