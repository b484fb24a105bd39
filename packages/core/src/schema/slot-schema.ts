import { z } from "zod";
import { conditionSchema } from "./condition-schema.ts";
import { jsonSchema } from "./json-schema.ts";

/** Where something is evaluated. */
export const placeSchema = z.enum(["both", "edge", "device"]).meta({
  description: "Where it is evaluated: on the device and at the edge (the default), or on one alone.",
});

const content = z
  .record(z.string(), jsonSchema)
  .meta({ description: "What is shown: any fields that the page's template knows." });

/** A place on the page, and what stands there for whom. */
export const slotSchema = z
  .strictObject({
    variants: z
      .array(
        z.strictObject({
          id: z.string().min(1).meta({ description: "Unique within the slot." }),
          when: conditionSchema,
          content,
        }),
      )
      .meta({ description: "The first whose condition is true is shown." }),
    fallback: z
      .strictObject({ content })
      .exactOptional()
      .meta({ description: "Shown when no variant is; without one, the page's own content stays." }),
    evaluate: placeSchema.exactOptional(),
  })
  .meta({ id: "Slot", description: "A place on the page, and what stands there for whom." });
