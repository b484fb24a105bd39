import { z } from "zod";
import { contextSchema, slotNames } from "./sync-schema.ts";

const id = z.string().min(1).max(256);

/** Body of `POST /v1/slots`. Who is asked for has the names of Segment's API, as the key has its place. */
export const slotsRequestSchema = z
  .object({
    userId: id.optional().describe("The customer; comes before anonymousId."),
    anonymousId: id
      .optional()
      .describe("The device: the tag's `deviceId()`, or what Segment's library sent."),
    slots: slotNames.optional().describe("Which to decide; all of the definition's without them."),
    measures: slotNames.optional().describe("Names of the definition's measures whose values are told, too."),
    context: contextSchema.optional(),
  })
  .refine(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined, {
    message: "userId or anonymousId must say whose it is",
    path: ["userId"],
  });
