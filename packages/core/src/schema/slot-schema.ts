import { z } from "zod";
import { conditionSchema } from "./condition-schema.ts";
import { contentSchema } from "./content-schema.ts";
import { durationSchema, windowSchema } from "./duration-schema.ts";
import { scheduleSchema } from "./schedule-schema.ts";

/** Where something is evaluated. */
export const placeSchema = z.enum(["both", "edge", "device"]).meta({
  description: "Where it is evaluated: on the device and at the edge (the default), or on one alone.",
});

const capSchema = z
  .strictObject({
    variant: z
      .string()
      .exactOptional()
      .meta({ description: "The variant that is counted and left out; all but the fallback without it." }),
    max: z.int().min(1).meta({ description: "How often it may be shown." }),
    within: z
      .union([windowSchema, z.literal("session")])
      .exactOptional()
      .meta({
        description: "Only what was shown in this sliding window, or in the current session, counts.",
      }),
  })
  .meta({ id: "SlotCap", description: "How often something may be shown to one profile." });

/** A place on the page, and what stands there for whom. */
export const slotSchema = z
  .strictObject({
    variants: z
      .array(
        z.strictObject({
          id: z.string().min(1).meta({ description: "Unique within the slot." }),
          when: conditionSchema,
          content: contentSchema,
          schedule: scheduleSchema.exactOptional(),
        }),
      )
      .meta({
        description: "The first whose condition is true, schedule open and cap not used up is shown.",
      }),
    fallback: z
      .strictObject({ content: contentSchema })
      .exactOptional()
      .meta({ description: "Shown when no variant is; without one, the page's own content stays." }),
    cap: z
      .union([capSchema, z.array(capSchema)])
      .exactOptional()
      .meta({ description: "How often it, or one of its variants, may be shown to one profile." }),
    schedule: scheduleSchema.exactOptional(),
    timeout: z
      .union([durationSchema, z.number().min(0)])
      .exactOptional()
      .meta({
        description: "How long after it came the slot may still be filled: a duration or ms; 300 by default.",
      }),
    evaluate: placeSchema.exactOptional(),
  })
  .meta({ id: "Slot", description: "A place on the page, and what stands there for whom." });
