import { z } from "zod";
import { parseInstant } from "../definition/instant.ts";

const instantSchema = z
  .union([
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/)
      .refine((text) => parseInstant(text) !== undefined, "no such instant"),
    z.int().min(-8.64e15).max(8.64e15),
  ])
  .meta({
    id: "Instant",
    description: "An instant: ISO 8601 with a zone, or ms since 1970, UTC.",
    examples: ["2026-11-27T00:00:00Z", "2026-11-27T00:00+01:00"],
  });

/** When something is open. */
export const scheduleSchema = z
  .strictObject({
    from: instantSchema.exactOptional().meta({ description: "Open from this instant on." }),
    to: instantSchema.exactOptional().meta({ description: "Open until this instant, which is not in it." }),
  })
  .refine(({ from, to }) => from !== undefined || to !== undefined, "needs from, to or both")
  .meta({
    id: "Schedule",
    description: "When it is open: from <= t < to; an end that is left out is always open.",
    minProperties: 1,
  });
