import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { slotsRequestSchema } from "../wire/slots-schema.ts";
import { answers, jsonBody } from "./answers.ts";
import { slotsAnswerExample, slotsExample } from "./examples.ts";
import { WRITE_KEY } from "./segment-operations.ts";
import { slotSchema } from "./sync-operation.ts";

export const slotsAnswerSchema = z.object({
  segments: z.array(z.string()).describe("What the profile is in."),
  slots: z
    .record(z.string(), slotSchema)
    .describe("What each shows; one that keeps the page's own content is left out."),
  measures: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe("The values of those that were asked for; one that has none is left out."),
});

export const slotsOperation: RouteConfig = {
  method: "post",
  path: "/v1/slots",
  tags: ["Device"],
  summary: "What slots show, for a server that renders pages",
  description:
    "With the secret write key: it may ask for any customer. Of somebody who is not known, or allows no personalization, nothing is told; asking keeps nothing.",
  security: [{ [WRITE_KEY]: [] }],
  request: jsonBody(slotsRequestSchema, slotsExample),
  responses: answers(
    "What is shown, and why",
    slotsAnswerSchema,
    [
      "invalid_json",
      "invalid_request",
      "write_key_invalid",
      "secret_key_required",
      "secret_key_in_page",
      "origin_not_allowed",
      "body_too_large",
      "unsupported_encoding",
    ],
    slotsAnswerExample,
  ),
};
