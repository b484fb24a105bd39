import { z } from "zod";
import type { Condition } from "../definition/condition.ts";
import { COMPARISONS } from "../definition/measure.ts";
import {
  durationComparison,
  namedComparison,
  numberComparison,
  scalarComparison,
} from "./comparison-schema.ts";
import { filterSchema } from "./filter-schema.ts";
import { measureFields } from "./measure-schema.ts";
import { sequenceSchema, trendSchema } from "./pattern-schema.ts";

/** A measure with a comparison: exactly one. */
function compared<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = COMPARISONS.filter((key) => Object.hasOwn(shape, key));
  return z
    .strictObject(shape)
    .refine((condition) => known.filter((key) => Object.hasOwn(condition, key)).length === 1, {
      error: `needs one comparison: ${known.join(", ")}`,
    })
    .meta({ oneOf: known.map((key) => ({ required: [key] })) });
}

/** True when a measure is there and compares. */
export const measureConditionSchema = z
  .union([
    compared({ ...measureFields.count, ...numberComparison }),
    compared({ ...measureFields.sum, ...numberComparison }),
    compared({ ...measureFields.avg, ...numberComparison }),
    compared({ ...measureFields.min, ...numberComparison }),
    compared({ ...measureFields.max, ...numberComparison }),
    compared({ ...measureFields.distinct, ...numberComparison }),
    compared({ ...measureFields.favorite, ...scalarComparison }),
    compared({ ...measureFields.first, ...scalarComparison }),
    compared({ ...measureFields.last, ...scalarComparison }),
    compared({ ...measureFields.sinceLast, ...durationComparison }),
    compared({ ...measureFields.sinceFirst, ...durationComparison }),
    compared({
      measure: z.string().meta({ description: "The name of a measure of the definition." }),
      ...namedComparison,
    }),
  ])
  .meta({ id: "MeasureCondition", description: "True when the measure is there and compares." });

const later = z.lazy((): z.ZodType<Condition, Condition> => conditionSchema);
const conditions = z.array(later);

/** The conditions that hold others, and those that look at something else than the log. */
export const combinedSchemas = {
  all: z.strictObject({ all: conditions.meta({ description: "True when all of them are; of none, true." }) }),
  any: z.strictObject({ any: conditions.meta({ description: "True when one of them is; of none, false." }) }),
  not: z.strictObject({ not: later.meta({ description: "True when this is false." }) }),
  atLeast: z.strictObject({
    atLeast: z.int().min(0).meta({ description: "How many of them must be true." }),
    of: conditions,
  }),
  segment: z.strictObject({ segment: z.string().meta({ description: "True in that segment." }) }),
  trait: z.strictObject({ trait: filterSchema.meta({ description: "True when the traits match." }) }),
  context: z.strictObject({
    context: filterSchema.meta({
      description:
        "True when this page or request matches: device, country, region, city, language, timezone, referrer, utm, path, hour, weekday.",
    }),
  }),
};

/** A condition, and everything below it. */
export const conditionSchema: z.ZodType<Condition, Condition> = z
  .union([
    combinedSchemas.all,
    combinedSchemas.any,
    combinedSchemas.not,
    combinedSchemas.atLeast,
    combinedSchemas.segment,
    combinedSchemas.trait,
    combinedSchemas.context,
    sequenceSchema,
    trendSchema,
    measureConditionSchema,
  ])
  .meta({ id: "Condition", description: "What is true or false of a profile at an instant." });
