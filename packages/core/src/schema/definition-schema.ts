import { z } from "zod";
import { conditionSchema } from "./condition-schema.ts";
import { journeySchema, messagesSchema, templateSchema, webhookAddressSchema } from "./journey-schema.ts";
import { experimentSchema } from "./experiment-schema.ts";
import { measureSchema } from "./measure-schema.ts";
import { eventNameSchema } from "./selector-schema.ts";
import { placeSchema, slotSchema } from "./slot-schema.ts";

const segmentSchema = z
  .union([
    z.strictObject({
      when: conditionSchema,
      name: z.string().exactOptional().meta({ description: "What people call it." }),
      description: z.string().exactOptional().meta({ description: "Who is in it, in words." }),
      evaluate: placeSchema.exactOptional(),
    }),
    conditionSchema,
  ])
  .meta({ id: "Segment", description: "A condition, or { when: condition } with words for people." });

/**
 * The form of a definition. What goes beyond form is for `checkDefinition` to say: names of segments and measures that
 * are not there, cycles, places, limits of size and depth, and regular expressions that backtrack.
 */
export const definitionSchema = z
  .strictObject({
    segments: z
      .record(z.string().min(1).max(128), segmentSchema)
      .meta({ description: "Segments by their ids." }),
    measures: z
      .record(z.string(), measureSchema)
      .exactOptional()
      .meta({ description: "Measures by the names under which conditions ask for them." }),
    slots: z
      .record(z.string(), slotSchema)
      .exactOptional()
      .meta({ description: "Slots of the page by their names." }),
    journeys: z
      .record(z.string().min(1).max(128), journeySchema)
      .exactOptional()
      .meta({ description: "Journeys by their ids." }),
    messages: messagesSchema.exactOptional(),
    templates: z
      .record(z.string().min(1).max(200), templateSchema)
      .exactOptional()
      .meta({ description: "E-mails by the names that steps call them by." }),
    webhooks: z
      .record(z.string().min(1).max(200), webhookAddressSchema)
      .exactOptional()
      .meta({ description: "Addresses of receivers by the names that steps call them by." }),
    experiments: z
      .record(z.string().min(1).max(128), experimentSchema)
      .exactOptional()
      .meta({ description: "Experiments by their ids; the first that takes a profile in decides its slot." }),
    private: z
      .array(eventNameSchema)
      .exactOptional()
      .meta({ description: "Names of events that never leave the device." }),
  })
  .meta({ title: "Murmur definition", description: "Who is in which segment, and what they are shown." });

/** The same as JSON Schema (draft 2020-12), for editors. */
export function definitionJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(definitionSchema, { target: "draft-2020-12", io: "input" }) };
}
