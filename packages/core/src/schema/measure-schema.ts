import { z } from "zod";
import { narrowingFields, selectorSchema } from "./selector-schema.ts";

export const pathSchema = z
  .string()
  .regex(/^[^.]+(\.[^.]+)*$/)
  .meta({ description: "A dotted path of the event's properties, as total or address.city." });

const of = selectorSchema.meta({ description: "The events that are read." });

/** The fields of each kind of measure, without a comparison. */
export const measureFields = {
  count: {
    count: selectorSchema.meta({ description: "How many of these events there are." }),
    ...narrowingFields,
  },
  sum: {
    sum: pathSchema.meta({ description: "Sum of the numbers at this path; 0 if none." }),
    of,
    ...narrowingFields,
  },
  avg: { avg: pathSchema.meta({ description: "Mean of the numbers at this path." }), of, ...narrowingFields },
  min: {
    min: pathSchema.meta({ description: "Least of the numbers at this path." }),
    of,
    ...narrowingFields,
  },
  max: {
    max: pathSchema.meta({ description: "Greatest of the numbers at this path." }),
    of,
    ...narrowingFields,
  },
  distinct: {
    distinct: pathSchema.meta({ description: "How many different values there are at this path." }),
    of,
    ...narrowingFields,
  },
  favorite: {
    favorite: pathSchema.meta({
      description: "The value seen most often at this path; of equals, the last.",
    }),
    of,
    ...narrowingFields,
  },
  first: {
    first: pathSchema.meta({ description: "The value at this path in the first event that has one." }),
    of,
    ...narrowingFields,
  },
  last: {
    last: pathSchema.meta({ description: "The value at this path in the last event that has one." }),
    of,
    ...narrowingFields,
  },
  sinceLast: {
    sinceLast: selectorSchema.meta({ description: "Time since the last of these events; missing if none." }),
    ...narrowingFields,
  },
  sinceFirst: {
    sinceFirst: selectorSchema.meta({
      description: "Time since the first of these events; missing if none.",
    }),
    ...narrowingFields,
  },
};

/** A measure, as `measures` names it. */
export const measureSchema = z
  .union([
    z.strictObject(measureFields.count),
    z.strictObject(measureFields.sum),
    z.strictObject(measureFields.avg),
    z.strictObject(measureFields.min),
    z.strictObject(measureFields.max),
    z.strictObject(measureFields.distinct),
    z.strictObject(measureFields.favorite),
    z.strictObject(measureFields.first),
    z.strictObject(measureFields.last),
    z.strictObject(measureFields.sinceLast),
    z.strictObject(measureFields.sinceFirst),
  ])
  .meta({ id: "Measure", description: "A number or value computed from the log." });
