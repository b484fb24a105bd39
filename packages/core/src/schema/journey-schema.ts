import { z } from "zod";
import { parseDuration } from "../definition/duration.ts";
import type { Again, JourneyStep } from "../definition/journey.ts";
import { isTimezone } from "../journey/quiet-hours.ts";
import { conditionSchema } from "./condition-schema.ts";
import { windowSchema } from "./duration-schema.ts";
import { jsonSchema } from "./json-schema.ts";
import { selectorSchema } from "./selector-schema.ts";

const name = z.string().min(1).max(200);
const data = z
  .record(z.string(), jsonSchema)
  .meta({ description: "JSON whose texts may hold {{ path | default }} over traits and measures." });
const later = z.lazy((): z.ZodType<JourneyStep, JourneyStep> => stepSchema);
const steps = z.array(later).meta({ description: "One after the other." });

/** The kinds of steps; a new one: one line here, and one in `step-kinds.ts`. */
const stepSchemas = {
  wait: z.strictObject({
    wait: z
      .union([windowSchema, z.strictObject({ until: conditionSchema, atMost: windowSchema })])
      .meta({ description: "So long; or until a condition holds, and no longer than atMost." }),
  }),
  if: z.strictObject({
    if: conditionSchema,
    then: steps,
    else: steps.exactOptional(),
  }),
  split: z.strictObject({
    split: z
      .array(z.strictObject({ weight: z.number().positive(), steps }))
      .min(1)
      .meta({ description: "One of these, by their weights: the same each time for the same profile." }),
  }),
  send: z.strictObject({
    send: z.literal("email").meta({ description: "To the trait email." }),
    template: name.meta({ description: "A template of the definition, or its id at the provider." }),
    data: data.exactOptional(),
  }),
  webhook: z.strictObject({
    webhook: name.meta({ description: "The receiver's name." }),
    data: data.exactOptional(),
  }),
  trait: z.strictObject({ trait: data.meta({ description: "Traits to set; null removes." }) }),
  event: z.strictObject({
    event: name.meta({ description: "An event for the profile's own log." }),
    properties: data.exactOptional(),
  }),
  end: z.strictObject({ end: z.literal(true).meta({ description: "Ends the run." }) }),
};

export const stepSchema: z.ZodType<JourneyStep, JourneyStep> = z
  .union(Object.values(stepSchemas) as [(typeof stepSchemas)["end"]])
  .meta({ id: "JourneyStep", description: "What happens next." }) as unknown as z.ZodType<
  JourneyStep,
  JourneyStep
>;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const quietHoursSchema = z
  .strictObject({
    from: timeOfDay.meta({ description: "From when on it is quiet.", examples: ["22:00"] }),
    to: timeOfDay.meta({ description: "From when on it is not.", examples: ["08:00"] }),
    timezone: z
      .string()
      .refine(isTimezone, "no timezone that is known")
      .exactOptional()
      .meta({ description: "Of who has no trait timezone; UTC without it.", examples: ["Europe/Berlin"] }),
  })
  .refine(({ from, to }) => from !== to, "from and to must differ")
  .meta({ id: "QuietHours", description: "No message is sent in them: what is due goes out as they end." });

const capSchema = z
  .strictObject({
    max: z.int().min(0).meta({ description: "How many messages." }),
    within: windowSchema.exactOptional().meta({ description: "In how long: 1w without it." }),
  })
  .meta({ id: "MessageCap", description: "How many messages are sent at most." });

const againSchema = z
  .union([
    z.literal("never"),
    z.literal("always"),
    z
      .string()
      .regex(/^after (?=\d{1,15}[a-z])0*[1-9]\d*(ms|s|m|h|d|w)$/)
      .refine(
        (text) => parseDuration(text.slice("after ".length)) !== undefined,
        "longer than 100,000 years",
      ),
  ])
  .meta({ description: "never (the default), always, or after 30d from the last one's beginning." });

export const journeySchema = z
  .strictObject({
    name: z.string().exactOptional().meta({ description: "What people call it." }),
    description: z.string().exactOptional().meta({ description: "What it does, in words." }),
    enter: conditionSchema,
    on: z
      .enum(["enter", "exit"])
      .exactOptional()
      .meta({ description: "Whether it begins as enter becomes true (the default), or as it ceases to be." }),
    again: (againSchema as unknown as z.ZodType<Again, Again>).exactOptional(),
    goal: selectorSchema.exactOptional().meta({ description: "An event that ends it, at whatever step." }),
    steps,
    quietHours: quietHoursSchema.exactOptional(),
    cap: capSchema.exactOptional(),
  })
  .meta({ id: "Journey", description: "What happens to whom, step by step." });

export const messagesSchema = z
  .strictObject({ cap: capSchema.exactOptional(), quietHours: quietHoursSchema.exactOptional() })
  .meta({ description: "What holds for the messages of all journeys together." });

export const templateSchema = z
  .strictObject({
    subject: z.string(),
    html: z.string().meta({ description: "What is put into it is escaped." }),
    text: z.string().exactOptional(),
  })
  .meta({
    id: "EmailTemplate",
    description: "An e-mail, with {{ path | default }} over traits, measures and data.",
  });

export const webhookAddressSchema = z
  .string()
  .regex(/^https:\/\/[^\s/?#]+\S*$/)
  .meta({ description: "Where it is called: https." });
