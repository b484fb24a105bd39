import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { exportSchema, rebuildSchema } from "../routes/admin-audiences.ts";
import { definitionAnswerSchema, definitionBodySchema } from "../routes/admin-definition.ts";
import type { ProblemCode } from "../wire/problem.ts";
import { answers, jsonBody } from "./answers.ts";

export const ADMIN_TOKEN = "adminToken";

const segment = z.string().meta({ example: "cart-abandoner" });

export const countsSchema = z.object({
  audiences: z.array(
    z.object({ segment, name: z.string().optional(), members: z.int().describe("Exactly so many.") }),
  ),
});

export const memberSchema = z.object({
  userId: z.string().optional().describe("The customer's id; or else:"),
  anonymousId: z.string().optional().describe("The id of a device that nobody has signed in on."),
  since: z.int().describe("When the segment was entered, ms UTC."),
  marketing: z.boolean().describe("Whether the person allows marketing."),
  cursor: z.string().describe("What to go on `after`."),
});

export const rebuiltSchema = z.object({
  told: z.int().describe("So many profiles tell their shard anew where they stand."),
  nowhere: z.int().describe("So many have never been in a segment, or are no more."),
});

const PROBLEMS: readonly ProblemCode[] = ["admin_token_required", "origin_not_allowed"];

const shared: Pick<RouteConfig, "tags" | "security"> = {
  tags: ["Operation"],
  security: [{ [ADMIN_TOKEN]: [] }],
};

const ndjson = {
  description: "A member a line, in order of the cursor",
  content: { "application/x-ndjson": { schema: memberSchema } },
};

/** What the operator asks. */
export const adminOperations: readonly RouteConfig[] = [
  {
    ...shared,
    method: "get",
    path: "/v1/admin/audiences",
    summary: "How many are in each segment",
    responses: answers("The counts", countsSchema, PROBLEMS),
  },
  {
    ...shared,
    method: "get",
    path: "/v1/admin/audiences/{segment}/members",
    summary: "Who is in a segment",
    description: "Streams. What breaks off is gone on with `after` the last whole line.",
    request: { params: z.object({ segment }), query: exportSchema },
    responses: {
      ...answers("", memberSchema, ["invalid_request", ...PROBLEMS, "not_found"]),
      200: ndjson,
    },
  },
  {
    ...shared,
    method: "post",
    path: "/v1/admin/audiences/rebuild",
    summary: "Have profiles tell anew where they stand",
    description: "For shards that were lost.",
    request: jsonBody(rebuildSchema, { profiles: ["0".repeat(64)] }),
    responses: answers("They do", rebuiltSchema, [
      "invalid_json",
      "invalid_request",
      ...PROBLEMS,
      "body_too_large",
      "unsupported_encoding",
    ]),
  },
  {
    ...shared,
    method: "get",
    path: "/v1/admin/definition",
    summary: "The definition in force",
    responses: answers(
      "The whole of it, and whether it was deployed or pushed",
      definitionAnswerSchema.extend({ definition: definitionBodySchema.shape.definition }),
      PROBLEMS,
    ),
  },
  {
    ...shared,
    method: "put",
    path: "/v1/admin/definition",
    summary: "Put another definition in force",
    description:
      "Without a deployment; everywhere within seconds. Profiles are made anew from their logs as they are next looked at. A later deployment of another definition goes before it.",
    request: jsonBody(definitionBodySchema, {
      definition: { segments: { buyer: { count: "Order Completed", gte: 1 } } },
    }),
    responses: answers("It is in force", definitionAnswerSchema, [
      "invalid_json",
      "invalid_request",
      ...PROBLEMS,
      "not_found",
      "definition_changed",
      "body_too_large",
      "unsupported_encoding",
      "definition_invalid",
    ]),
  },
  {
    ...shared,
    method: "delete",
    path: "/v1/admin/definition",
    summary: "Go back to the definition that was deployed",
    responses: answers("It is in force", definitionAnswerSchema, [...PROBLEMS, "not_found"]),
  },
  {
    ...shared,
    method: "get",
    path: "/v1/admin/metrics",
    summary: "What the worker has counted",
    responses: {
      ...answers("", z.string(), PROBLEMS),
      200: { description: "In Prometheus' text format", content: { "text/plain": { schema: z.string() } } },
    },
  },
];
