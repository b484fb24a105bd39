import { z } from "zod";
import type { SlotReference } from "../definition/experiment.ts";
import { conditionSchema } from "./condition-schema.ts";
import { contentSchema } from "./content-schema.ts";
import { windowSchema } from "./duration-schema.ts";
import { filterSchema } from "./filter-schema.ts";
import { pathSchema } from "./measure-schema.ts";
import { scheduleSchema } from "./schedule-schema.ts";
import { eventNameSchema } from "./selector-schema.ts";

const share = z.number().min(0).max(1);

const variantSchema = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .refine((id) => id !== "holdout", "those who are held out are called so")
      .meta({ description: "Unique within the experiment, and not holdout." }),
    name: z.string().exactOptional().meta({ description: "For people." }),
    weight: share
      .exactOptional()
      .meta({ description: "Its share; all of them come to 1. Without any, shares are equal." }),
    content: contentSchema.exactOptional(),
  })
  .meta({ id: "ExperimentVariant", description: "Without content it shows what the slot decides." });

const goalSchema = z
  .strictObject({
    event: z
      .union([eventNameSchema, z.array(eventNameSchema).min(1)])
      .meta({ description: "The event that counts as a conversion, or several." }),
    where: filterSchema.exactOptional().meta({ description: "A filter over the event's properties." }),
    value: pathSchema.exactOptional(),
    within: windowSchema
      .exactOptional()
      .meta({ description: "Only conversions so soon after the first exposure count." }),
  })
  .meta({ id: "ExperimentGoal", description: "What the experiment is judged by." });

const groupSchema = z
  .strictObject({
    name: z.string().min(1).meta({ description: "Experiments of one name share the profiles." }),
    range: z
      .tuple([share, share])
      .refine(([from, to]) => from < to, "holds nobody")
      .meta({ description: "The part that is this experiment's: from, included, to, not included." }),
  })
  .meta({
    id: "ExperimentGroup",
    description: "Experiments whose ranges do not overlap exclude each other.",
  });

/** Variants of a slot's content, dealt to profiles by chance. */
export const experimentSchema = z
  .strictObject({
    name: z.string().exactOptional().meta({ description: "For people." }),
    description: z.string().exactOptional().meta({ description: "What it is to find out, in words." }),
    audience: conditionSchema.exactOptional().meta({ description: "Who takes part; everybody without it." }),
    slot: z.string().meta({ description: "The slot that it decides." }) as z.ZodType<SlotReference>,
    variants: z.array(variantSchema).min(2).meta({ description: "Two or more; the first is the control." }),
    goal: goalSchema.exactOptional(),
    holdout: share
      .lt(1)
      .exactOptional()
      .meta({ description: "The share that is shown the slot without the experiment." }),
    coverage: share.exactOptional().meta({ description: "The share of the audience that takes part; 1." }),
    allocation: z
      .enum(["fixed", "bandit"])
      .exactOptional()
      .meta({ description: "Shares are the weights, or follow the results." }),
    seed: z.string().min(1).exactOptional().meta({ description: "What is hashed beside the id; its id." }),
    hashVersion: z.literal(2).exactOptional().meta({ description: "GrowthBook's second bucketing." }),
    group: groupSchema.exactOptional(),
    status: z
      .enum(["draft", "running", "stopped"])
      .exactOptional()
      .meta({ description: "Only a running one, the default, shows anything." }),
    schedule: scheduleSchema.exactOptional(),
  })
  .meta({ id: "Experiment", description: "Variants of what a slot shows, dealt to profiles by chance." });
