import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { syncRequestSchema } from "../wire/sync-schema.ts";
import { answers, jsonBody } from "./answers.ts";
import { entrySchema } from "./entry-schema.ts";
import { syncAnswerExample, syncExample } from "./examples.ts";

const rejection = z.object({
  id: z.string().nullable(),
  reason: z.enum(["invalid", "too_large", "too_old", "no_consent"]),
  message: z.string(),
});

const exposureSchema = z.object({ name: z.string(), properties: z.record(z.string(), z.unknown()) });

export const slotSchema = z.looseObject({
  variant: z.string().nullable().describe("Null where the slot's fallback shows."),
  content: z.record(z.string(), z.unknown()).describe("With its expressions filled in."),
  why: z.string().describe("For people."),
  segment: z.string().optional().describe("The segment that decided it."),
  experiment: z
    .object({
      id: z.string(),
      variant: z.string().describe("Of the experiment, or `holdout`."),
      viewed: z.boolean().describe("Whether this session has it recorded."),
    })
    .optional(),
  exposures: z
    .array(exposureSchema)
    .optional()
    .describe("Events to record, once for each time that it is really shown."),
});

export const syncAnswerSchema = z.looseObject({
  accepted: z.int(),
  duplicates: z.int(),
  rejected: z.array(rejection),
  segments: z.array(z.string()).describe("What the profile is in, with all that was just sent."),
  slots: z.record(z.string(), slotSchema),
  nextChange: z.int().optional().describe("When time alone changes a segment next, ms."),
  nextDecision: z.int().optional().describe("When a schedule opens or closes next, ms."),
  unit: z.string().optional().describe("What experiments assign the profile by."),
  allocations: z
    .record(z.string(), z.array(z.number()))
    .optional()
    .describe("Shares of experiments' variants that follow the results."),
  receivedAt: z.int().describe("The instant of this answer by the edge's clock, ms."),
  shift: z.int().describe("What was added to the device's instants, ms."),
  timestamps: z.record(z.string(), z.int()).describe("Instants that differ from what was sent, ms by id."),
  entries: z.array(entrySchema).describe("What the log gained elsewhere, cut to what devices read."),
  log: z.string().describe("Names the log that the cursor counts in."),
  cursor: z.int(),
  checkpoint: z
    .object({
      name: z.string().describe("To be sent back as `folded`."),
      at: z.int().describe("What happened up to then is in it, ms; entries as old are to be dropped."),
      snapshot: z
        .record(z.string(), z.unknown())
        .optional()
        .describe("The profile as of then, under `manifest`; none where it had to go."),
    })
    .nullable()
    .optional()
    .describe(
      "What the oldest of the log was folded into, where the device does not have it; null: nothing.",
    ),
  more: z.boolean().describe("There is more: ask again with this log and cursor."),
  manifest: z.string().describe("The hash of the definition to hold."),
});

export const syncOperation: RouteConfig = {
  method: "post",
  path: "/v1/sync",
  tags: ["Device"],
  summary: "Deliver entries and bring back decisions",
  description:
    "The tag's only call. The body may be sent as text/plain, so that no preflight is needed: at most 64 KB and 500 entries. A bad entry does not spoil the others: it is named in `rejected`. Where the worker has a COOKIE_DOMAIN, a page of the same site that names its `cookie` and may record is answered with a `Set-Cookie` that renews it.",
  request: jsonBody(syncRequestSchema.extend({ entries: z.array(entrySchema).default([]) }), syncExample),
  responses: answers(
    "What was taken, and what the device lacks",
    syncAnswerSchema,
    [
      "invalid_json",
      "invalid_request",
      "token_invalid",
      "origin_not_allowed",
      "device_taken",
      "body_too_large",
      "too_many_entries",
      "rate_limited",
    ],
    syncAnswerExample,
  ),
};
