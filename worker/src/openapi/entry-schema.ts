import { MAX_DEPTH, MAX_PROPERTIES } from "@murmur/core";
import { z } from "zod";

const LIMITS = `At most ${MAX_PROPERTIES} characters of JSON, ${MAX_DEPTH} levels deep.`;

const members = z.record(z.string(), z.unknown());

const common = {
  id: z.string().min(1).max(128).describe("Unique in the world: the same id twice is one entry."),
  timestamp: z.int().min(-8.64e15).max(8.64e15).describe("Milliseconds UTC, by the device's clock."),
};

/** An entry of a profile's log, as the language checks it by `entryProblem`, but for size and depth. */
export const entrySchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("event"),
    ...common,
    name: z.string().min(1).max(200).meta({ example: "Product Viewed" }),
    properties: members.optional().describe(LIMITS),
  }),
  z.object({ type: z.literal("identify"), ...common, traits: members.describe(LIMITS) }),
]);
