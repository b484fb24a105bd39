import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { healthSchema } from "../routes/health.ts";
import { answers } from "./answers.ts";

const manifestSchema = z.object({
  hash: z.string().meta({ example: "0123456789abcdef" }),
  definition: z.record(z.string(), z.unknown()).meta({
    description: "The definition, compiled, as devices run it.",
    example: { segments: {}, slots: {} },
  }),
});

/** What is there to be read by anybody. */
export const readOperations: readonly RouteConfig[] = [
  {
    method: "get",
    path: "/v1/manifest",
    tags: ["Device"],
    summary: "The definition in force for devices",
    responses: answers("The manifest, good for a minute", manifestSchema, ["origin_not_allowed"]),
  },
  {
    method: "get",
    path: "/v1/manifest/{hash}",
    tags: ["Device"],
    summary: "A definition by its hash",
    request: { params: z.object({ hash: z.string().meta({ example: "0123456789abcdef" }) }) },
    responses: answers("The manifest, good for ever", manifestSchema, ["origin_not_allowed", "not_found"]),
  },
  {
    method: "get",
    path: "/healthz",
    tags: ["Operation"],
    summary: "Whether the worker answers",
    responses: answers("It does", healthSchema),
  },
];
