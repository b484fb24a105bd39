import type { RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import type { ProblemCode } from "../wire/problem.ts";
import { deviceId } from "../wire/sync-schema.ts";
import { answers, nothing } from "./answers.ts";
import { entrySchema } from "./entry-schema.ts";

export const CUSTOMER_TOKEN = "customerToken";
export const DEVICE_ID = "deviceId";

const instant = z.int().describe("ms UTC");

export const profileCopySchema = z.looseObject({
  segments: z.array(z.string()),
  traits: z.record(z.string(), z.unknown()),
  measures: z.record(z.string(), z.unknown()),
  devices: z.array(z.looseObject({ id: z.string(), state: z.string() })),
  transitions: z.array(z.looseObject({ segment: z.string(), change: z.string(), at: instant })),
  journeys: z
    .looseObject({
      running: z
        .array(z.looseObject({ journey: z.string(), began: instant, next: instant }))
        .describe("Those that the person is on; `next` is when each goes on by time alone."),
      last: z.record(z.string(), instant).describe("When the last run of each began."),
      messages: z.array(z.looseObject({ journey: z.string(), at: instant })).describe("Those of late."),
    })
    .optional()
    .describe("Where the person stands in journeys."),
  foldedUpTo: instant.optional().describe("Older entries are kept as sums alone."),
  tooOld: z.int().describe("How many entries were refused as too old."),
  entries: z.array(z.intersection(entrySchema, z.object({ device: z.string() }))),
});

const PROBLEMS: readonly ProblemCode[] = ["token_invalid", "token_required", "origin_not_allowed"];

const shared: Pick<RouteConfig, "tags" | "security"> = {
  tags: ["Privacy"],
  security: [{ [CUSTOMER_TOKEN]: [] }, { [DEVICE_ID]: [] }],
};

/** What a person may ask about themselves. */
export const profileOperations: readonly RouteConfig[] = [
  {
    ...shared,
    method: "get",
    path: "/v1/profile",
    summary: "The person's copy of their data",
    responses: answers("All that is kept", profileCopySchema, [...PROBLEMS, "not_found"]),
  },
  {
    ...shared,
    method: "delete",
    path: "/v1/profile",
    summary: "Erase everything",
    responses: nothing("It is gone", PROBLEMS),
  },
  {
    ...shared,
    method: "delete",
    path: "/v1/profile/devices/{id}",
    summary: "Undo the join of a device",
    description: "The profile is then what it would be without what the device sent.",
    security: [{ [CUSTOMER_TOKEN]: [] }],
    request: { params: z.object({ id: deviceId }) },
    responses: nothing("The device is on its own", ["invalid_request", ...PROBLEMS]),
  },
];
