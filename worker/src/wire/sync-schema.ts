import { isDeeper, MAX_DEPTH, MAX_PROPERTIES, type Json } from "@murmur/core";
import { z } from "zod";
import { DEVICE_ID } from "./device-id.ts";
import { Problem } from "./problem.ts";

export const MAX_BODY = 65_536;
export const MAX_ENTRIES = 500;

const instant = z.int().min(-8.64e15).max(8.64e15);

export const deviceId = z.string().regex(DEVICE_ID, "must be 32 hex digits");

/** It came as JSON, so that is what it holds: it is not walked through before it is known to be small. */
const json = z.unknown() as z.ZodType<Json>;

const consentSchema = z.object({
  analytics: z.boolean().optional(),
  personalization: z.boolean().optional(),
  marketing: z.boolean().optional(),
});

export const slotNames = z.array(z.string().max(100)).max(100);

/** What is true of a visit. */
export const contextSchema = z.record(z.string(), json).refine(isSmall, "may be 16 KB and 8 levels at most");

/** Body of `POST /v1/sync`. Entries are checked one by one later: a bad one does not spoil the others. */
export const syncRequestSchema = z.object({
  device: deviceId,
  /** The device's clock when it sent, ms. */
  sentAt: instant,
  /** The customer's signed token. */
  identity: z.string().max(4_096).optional(),
  /** The log that `cursor` counts in, as an earlier answer named it. */
  log: z.string().max(64).optional(),
  cursor: z.int().nonnegative().default(0),
  /** The name of the checkpoint that the device goes on from, as an earlier answer gave it. */
  folded: z.string().max(128).optional(),
  entries: z.array(z.unknown()).default([]),
  /** Names of the slots to decide. */
  slots: slotNames.default([]),
  /** The hash of the definition that the device holds; the answer says which one to hold. */
  manifest: z.string().max(64).optional(),
  context: contextSchema.optional(),
  /** The name of the cookie that the tag keeps the device's id in, to be renewed. */
  cookie: z
    .string()
    .max(256)
    .regex(/^murmur_\w*$/, "must begin with murmur_ and go on with letters, digits and underscores")
    .optional(),
  /** What the shopper allows; what is missing is pending. */
  consent: consentSchema.optional(),
});

/** Depth first: JSON.stringify itself would overflow the stack on what is far too deep. */
function isSmall(value: unknown): boolean {
  return !isDeeper(value, MAX_DEPTH) && JSON.stringify(value).length <= MAX_PROPERTIES;
}

/** Parses a body with a schema, or throws the problem that says what is wrong, with each path. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem("invalid_json", "Send one JSON object.");
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new Problem("invalid_request", "See errors for what to mend.", { errors });
}
