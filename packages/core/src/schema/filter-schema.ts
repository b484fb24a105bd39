import { z } from "zod";
import type { Filter, FilterValue } from "../filter/filter.ts";
import { jsonSchema } from "./json-schema.ts";

/** Keys that combine whole filters; every other key that begins with `$` is refused at this place. */
const COMBINERS = new Set(["$and", "$or", "$nor", "$not"]);

const text = z.string();
const ordered = z.union([z.number(), text]);
const list = z.array(jsonSchema);

const filterList = z.array(z.lazy((): z.ZodType<Filter, Filter> => filterSchema));
const valueLater = z.lazy((): z.ZodType<FilterValue, FilterValue> => filterValueSchema);
const filterLater = z.lazy((): z.ZodType<Filter, Filter> => filterSchema);

/** The operators that test the value at one path; all of them must hold. */
export const filterOperatorsSchema = z
  .strictObject({
    $eq: jsonSchema.exactOptional().meta({ description: "Equals this value." }),
    $ne: jsonSchema.exactOptional().meta({ description: "Does not equal this value." }),
    $gt: ordered.exactOptional().meta({ description: "Is there and greater than this." }),
    $gte: ordered.exactOptional().meta({ description: "Is there and not less than this." }),
    $lt: ordered.exactOptional().meta({ description: "Is there and less than this." }),
    $lte: ordered.exactOptional().meta({ description: "Is there and not greater than this." }),
    $in: list.exactOptional().meta({ description: "Is one of these; of a list, one element is." }),
    $nin: list.exactOptional().meta({ description: "Is none of these; of a list, no element is." }),
    $exists: z.boolean().exactOptional().meta({ description: "Whether it is there and not null." }),
    $type: z
      .enum(["string", "number", "boolean", "array", "object", "null"])
      .exactOptional()
      .meta({ description: "Is of this type; what is missing is null." }),
    $size: valueLater.exactOptional().meta({ description: "A list with that many elements." }),
    $all: z
      .array(valueLater)
      .exactOptional()
      .meta({ description: "A list with an element for each of these." }),
    $elemMatch: z
      .union([z.lazy((): z.ZodType => filterOperatorsSchema), filterLater])
      .exactOptional()
      .meta({ description: "A list of which one element matches." }),
    $not: valueLater.exactOptional().meta({ description: "Does not match this." }),
    $regex: text
      .max(500)
      .exactOptional()
      .meta({ description: "A string that this regular expression finds. No flags; it must not backtrack." }),
    $contains: text.exactOptional().meta({ description: "A string with this in it, case-sensitive." }),
    $startsWith: text
      .exactOptional()
      .meta({ description: "A string that begins with this, case-sensitive." }),
    $endsWith: text.exactOptional().meta({ description: "A string that ends with this, case-sensitive." }),
  })
  .meta({ id: "FilterOperators", description: "Operators on the value at a path; all of them must hold." });

/** A value to equal: any JSON but an object whose keys begin with `$`, which are operators. */
const equalSchema = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  text,
  list,
  z.record(z.string().regex(/^(?!\$)/), jsonSchema),
]);

/** What the value at a path is held against. */
export const filterValueSchema = z
  .union([equalSchema, filterOperatorsSchema])
  .meta({ id: "FilterValue", description: "A value to equal, or operators." }) as unknown as z.ZodType<
  FilterValue,
  FilterValue
>;

/** A MongoDB-style condition over dotted paths. */
export const filterSchema = z
  .object({
    $and: filterList.exactOptional().meta({ description: "All of these filters match." }),
    $or: filterList.exactOptional().meta({ description: "One of these filters matches." }),
    $nor: filterList.exactOptional().meta({ description: "None of these filters matches." }),
    $not: filterLater.exactOptional().meta({ description: "This filter does not match." }),
  })
  .catchall(filterValueSchema)
  .refine(
    (filter) =>
      Object.keys(filter).every((key) => key !== "" && (!key.startsWith("$") || COMBINERS.has(key))),
    "an operator on a value stands under its path",
  )
  .meta({
    id: "Filter",
    description:
      'Values by their dotted paths, as { "category": "shoes", "price": { "$gte": 50 } }; all must hold.',
    propertyNames: { pattern: "^([^$]|\\$(and|or|nor|not)$)" },
  }) as unknown as z.ZodType<Filter, Filter>;
