import { z } from "zod";
import { filterSchema } from "./filter-schema.ts";
import { windowSchema } from "./duration-schema.ts";

/** The name of an event. */
export const eventNameSchema = z
  .string()
  .min(1)
  .meta({ description: "An event's name.", examples: ["Product Viewed", "Order Completed", "Page Viewed"] });

/** Which events. */
export const selectorSchema = z
  .union([
    eventNameSchema,
    z.strictObject({
      event: z
        .union([eventNameSchema, z.array(eventNameSchema).min(1)])
        .meta({ description: "An event's name, or several." }),
      where: filterSchema.exactOptional().meta({ description: "A filter over the event's properties." }),
    }),
  ])
  .meta({ id: "Selector", description: "Events: a name, or names with a filter over their properties." });

/** Which of the selected events count; fields of every measure. */
export const narrowingFields = {
  within: z
    .union([windowSchema, z.literal("session")])
    .exactOptional()
    .meta({ description: "Keeps the events of a sliding window, as 7d, or of the current session." }),
  after: selectorSchema.exactOptional().meta({
    description: "Keeps the events after the last one that this takes; all of them when there is none.",
  }),
};
