import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import type { ProblemCode } from "../wire/problem.ts";
import { ADMIN_TOKEN } from "./admin-operations.ts";
import { answers } from "./answers.ts";

const experiment = z.string().meta({ example: "hero-copy" });
const share = z.number().min(0).max(1);
const ends = z
  .tuple([z.number().nullable(), z.number().nullable()])
  .describe("The lower and the upper end; null where the data set no bound.");
const lift = z.number().describe("Against the control: 0.1 is 10 % more.");
const interval = ends.meta({
  description: "Where the lift lies at a rate of 95 %, for one look at a time that was fixed before.",
});

const variantSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  weight: share.describe("The share that the definition gives it."),
  exposed: z.int().describe("Profiles that were shown it first."),
  converted: z.int().describe("Of those, the ones that converted afterwards, once or more often."),
  conversions: z.int(),
  rate: share.nullable().describe("Converted of exposed."),
  value: z
    .object({ total: z.number(), perProfile: z.number().nullable() })
    .optional()
    .describe("What the conversions are worth; where the goal has a value."),
  probabilityBest: share.describe("That its rate is the highest of all variants'."),
  rateLift: z
    .object({
      lift,
      interval,
      sequential: ends.meta({
        description:
          "Where it lies at a rate of 95 % for all comparisons and any number of looks together: what a winner is called by.",
      }),
    })
    .optional(),
  valueLift: z.object({ lift, interval }).optional(),
});

/** What came of an experiment. */
export const experimentResultSchema = z.object({
  experiment,
  name: z.string().optional(),
  status: z.enum(["draft", "running", "stopped"]),
  allocation: z.enum(["fixed", "bandit"]),
  control: z.string().describe("The variant that the others are compared with."),
  goal: z.object({
    event: z.union([z.string(), z.array(z.string())]),
    where: z.record(z.string(), z.unknown()).optional(),
    value: z.string().optional(),
    within: z.union([z.string(), z.number()]).optional(),
  }),
  variants: z.array(variantSchema),
  heldOut: z
    .object({ exposed: z.int(), converted: z.int(), rate: share.nullable() })
    .optional()
    .describe("Profiles that are held out; where there is a holdout."),
  sampleRatio: z.object({
    result: z.enum(["ok", "broken", "too_few", "does_not_apply"]),
    p: share.nullable().describe("How often chance alone would divide profiles as unevenly."),
  }),
  winner: z.string().nullable(),
  why: z
    .object({
      code: z.enum(["draft", "bandit", "split_broken", "no_data", "undecided", "worth_less"]),
      message: z.string(),
    })
    .optional()
    .describe("Why there is no winner."),
});

const PROBLEMS: readonly ProblemCode[] = ["admin_token_required", "origin_not_allowed"];

const shared: Pick<RouteConfig, "tags" | "security"> = {
  tags: ["Operation"],
  security: [{ [ADMIN_TOKEN]: [] }],
};

/** What came of experiments. */
export const experimentOperations: readonly RouteConfig[] = [
  {
    ...shared,
    method: "get",
    path: "/v1/admin/experiments",
    summary: "What came of all experiments",
    responses: answers("The results", z.object({ experiments: z.array(experimentResultSchema) }), PROBLEMS),
  },
  {
    ...shared,
    method: "get",
    path: "/v1/admin/experiments/{id}",
    summary: "What came of an experiment",
    description: "The page at `/experiments` draws it.",
    request: { params: z.object({ id: experiment }) },
    responses: answers("The results", experimentResultSchema, [...PROBLEMS, "not_found"]),
  },
];
