import { z } from "zod";
import type { SequenceCondition, TrendCondition } from "../definition/condition.ts";
import { durationSchema, windowSchema } from "./duration-schema.ts";
import { measureFields } from "./measure-schema.ts";
import { selectorSchema } from "./selector-schema.ts";

/** One event after another. */
export const sequenceSchema: z.ZodType<SequenceCondition, SequenceCondition> = z
  .strictObject({
    sequence: z
      .array(selectorSchema)
      .min(1)
      .max(64)
      .meta({ description: "One event for each of these, in this order." }),
    span: durationSchema
      .exactOptional()
      .meta({ description: "The longest time from the first to the last of them." }),
    without: selectorSchema
      .exactOptional()
      .meta({ description: "No event of these stands between the first and the last." }),
    within: windowSchema
      .exactOptional()
      .meta({ description: "The first of them is not longer ago than this." }),
  })
  .meta({ id: "Sequence", description: "True when there are such events, one after another." });

const change = z
  .union([z.strictObject({ lte: z.number() }), z.strictObject({ gte: z.number() })])
  .meta({ description: "The ratio of change of each period, as { lte: -0.2 } for 20 % less, or worse." });

/** A measure that grows or shrinks, period after period. */
export const trendSchema: z.ZodType<TrendCondition, TrendCondition> = z
  .strictObject({
    trend: z
      .union([
        z.strictObject({ count: measureFields.count.count }),
        z.strictObject({ sum: measureFields.sum.sum, of: measureFields.sum.of }),
      ])
      .meta({ description: "A count, or a sum." }),
    every: windowSchema.meta({ description: "How long a period is; the last one ends now." }),
    periods: z.int().min(1).max(64).meta({ description: "How many changes in a row." }),
    change,
  })
  .meta({
    id: "Trend",
    description: "True when a measure has changed like this in each of the last periods.",
  });
