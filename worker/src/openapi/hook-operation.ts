import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { emailProviders } from "../hooks/email-providers.ts";
import { answers } from "./answers.ts";

const hookAnswerSchema = z.object({
  accepted: z.int(),
  duplicates: z.int(),
  ignored: z.int().describe("Of a kind that is not kept."),
  unknown: z.int().describe("About nobody that is known here."),
  rejected: z.array(z.object({ reason: z.string(), message: z.string(), index: z.int().optional() })),
});

export const hookOperation: RouteConfig = {
  method: "post",
  path: "/v1/hooks/{provider}",
  tags: ["E-mail"],
  summary: "What happened to the shop's e-mails",
  description: "The provider's own payload, signed as the provider signs it.",
  request: {
    params: z.object({ provider: z.enum([...emailProviders.keys()] as [string, ...string[]]) }),
    body: { required: true, content: { "application/json": { schema: z.unknown() } } },
  },
  responses: answers("What can be taken was", hookAnswerSchema, [
    "invalid_json",
    "invalid_request",
    "signature_invalid",
    "origin_not_allowed",
    "not_found",
    "hook_replayed",
    "body_too_large",
    "unsupported_encoding",
  ]),
};
