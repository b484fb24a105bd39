import { z } from "zod";
import { durationSchema } from "./duration-schema.ts";
import { scalarSchema } from "./json-schema.ts";

const number = z.number();
/** A named measure's unit is known only where its name is looked up: to the check of the whole. */
const bound = z.union([number, durationSchema]);

/** What a number is compared with. */
export const numberComparison = bounds(number, number);
/** What a time since is compared with. */
export const durationComparison = bounds(durationSchema, durationSchema);
/** What a value of `favorite`, `first` or `last` is compared with. */
export const scalarComparison = { ...bounds(number, scalarSchema), ...oneOf() };
/** What a measure that is named is compared with. */
export const namedComparison = { ...bounds(bound, scalarSchema), ...oneOf() };

function bounds<Bound extends z.ZodType, Equal extends z.ZodType>(bound: Bound, equal: Equal) {
  return {
    gt: bound.exactOptional().meta({ description: "Greater than." }),
    gte: bound.exactOptional().meta({ description: "Greater than or equal to." }),
    lt: bound.exactOptional().meta({ description: "Less than." }),
    lte: bound.exactOptional().meta({ description: "Less than or equal to." }),
    eq: equal.exactOptional().meta({ description: "Equal to." }),
    ne: equal.exactOptional().meta({ description: "There, and not equal to." }),
    between: z
      .tuple([bound, bound])
      .exactOptional()
      .meta({ description: "From low to high, both included." }),
  };
}

function oneOf() {
  return { in: z.array(scalarSchema).exactOptional().meta({ description: "One of these." }) };
}
