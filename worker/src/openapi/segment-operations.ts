import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import {
  batchSchema,
  MESSAGE_TYPES,
  messageSchema,
  messageSchemas,
  type MessageType,
} from "../segment-api/message-schema.ts";
import type { ProblemCode } from "../wire/problem.ts";
import { answers, jsonBody } from "./answers.ts";
import { batchExample, messageExamples } from "./examples.ts";

export const WRITE_KEY = "writeKey";

const SUMMARIES: Readonly<Record<MessageType, string>> = {
  track: "Record that something happened",
  identify: "Record what became known of a customer",
  page: "Record a page view",
  screen: "Record a view of an app's screen",
  group: "Record what a customer belongs to",
  alias: "Say that a device is a customer's",
};

const PROBLEMS: readonly ProblemCode[] = [
  "invalid_json",
  "invalid_request",
  "write_key_invalid",
  "secret_key_required",
  "secret_key_in_page",
  "origin_not_allowed",
  "device_taken",
  "body_too_large",
  "too_many_entries",
  "unsupported_encoding",
  "rate_limited",
];

export const successSchema = z.object({ success: z.literal(true) });

export const batchAnswerSchema = successSchema.extend({
  rejected: z
    .array(
      z.object({
        index: z.int().describe("Its place in the batch."),
        id: z.string().nullable().describe("Its messageId."),
        reason: z.enum(["invalid", "too_large", "too_old", "no_consent", "forbidden", "device_taken"]),
        path: z.string().describe("The member at fault."),
        message: z.string(),
      }),
    )
    .optional(),
});

const shared: Pick<RouteConfig, "method" | "tags" | "security"> = {
  method: "post",
  tags: ["Segment's API"],
  security: [{ [WRITE_KEY]: [] }],
};

const singles = MESSAGE_TYPES.map((type): RouteConfig => {
  const { [type]: schema } = messageSchemas;
  const { type: _named, ...members } = schema.shape;
  return {
    ...shared,
    path: `/v1/${type}`,
    summary: SUMMARIES[type],
    request: jsonBody(z.object(members), messageExamples[type]),
    responses: answers("It was taken", successSchema, PROBLEMS),
  };
});

export const segmentOperations: readonly RouteConfig[] = [
  ...singles,
  {
    ...shared,
    path: "/v1/batch",
    summary: "Many calls in one",
    description:
      "At most 512 KB and 500 messages, plain or gzip. A bad message does not spoil the others: it is named in `rejected`. A batch of which nothing can be taken is a problem.",
    request: jsonBody(batchSchema.extend({ batch: z.array(messageSchema) }), batchExample),
    responses: answers("What can be taken was", batchAnswerSchema, PROBLEMS),
  },
];
