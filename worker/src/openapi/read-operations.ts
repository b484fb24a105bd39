import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import { healthSchema } from "../routes/health.ts";
import { answers } from "./answers.ts";

const manifestSchema = z.object({
  hash: z.string().meta({ example: "0123456789abcdef" }),
  plan: z.record(z.string(), z.unknown()).meta({
    description: "The definition, compiled: a plan that the tag of the same release runs.",
    example: { version: 1, operators: [], nodes: [], kept: 0, segments: [], measures: [], slots: [] },
  }),
});

const definitionSchema = z.record(z.string(), z.unknown()).meta({
  description:
    "The definition as it is written, but for what is evaluated at the edge alone, and words for people.",
  example: { segments: {}, slots: {} },
});

const byHash = { params: z.object({ hash: z.string().meta({ example: "0123456789abcdef" }) }) };

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
    request: byHash,
    responses: answers("The manifest, good for ever", manifestSchema, ["origin_not_allowed", "not_found"]),
  },
  {
    method: "get",
    path: "/v1/manifest/{hash}/definition",
    tags: ["Device"],
    summary: "What a manifest was made of, to explain by",
    request: byHash,
    responses: answers("The definition, good for ever", definitionSchema, [
      "origin_not_allowed",
      "not_found",
    ]),
  },
  {
    method: "get",
    path: "/healthz",
    tags: ["Operation"],
    summary: "Whether the worker answers",
    responses: answers("It does", healthSchema),
  },
];
