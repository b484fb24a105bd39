import { Hono } from "hono";
import { z } from "zod";
import type { Env } from "../env.ts";
import { MAX_MESSAGE } from "../segment-api/check-message.ts";
import { batchSchema, MESSAGE_TYPES } from "../segment-api/message-schema.ts";
import { readBody } from "../wire/read-body.ts";
import { refusedProblem } from "../segment-api/refusal.ts";
import { takeMessages } from "../segment-api/take-messages.ts";
import { writeKeyOf } from "../segment-api/write-key.ts";
import { Problem } from "../wire/problem.ts";
import { MAX_ENTRIES, parseBody } from "../wire/sync-schema.ts";

/** Bytes of a batch. */
export const MAX_BATCH = 524_288;

const single = z.looseObject({});

/**
 * Segment's HTTP API: `POST /v1/track`, `identify`, `page`, `screen`, `group`, `alias` and `batch`, so that the server
 * libraries made for it work with this host in their settings.
 */
export const segmentApiRoute = new Hono<{ Bindings: Env }>();

for (const type of MESSAGE_TYPES) {
  segmentApiRoute.post(`/${type}`, async (context) => {
    const key = await writeKeyOf(context.req.raw, context.env);
    const message = parseBody(single, await readBody(context.req.raw, MAX_MESSAGE));
    const batch = { key, sentAt: undefined, receivedAt: Date.now() };
    const [refusal] = await takeMessages(context.env, [{ ...message, type }], batch);
    if (refusal) throw refusedProblem([refusal], ({ path }) => path);
    return context.json({ success: true }, 200, { "cache-control": "no-store" });
  });
}

segmentApiRoute.post("/batch", async (context) => {
  const key = await writeKeyOf(context.req.raw, context.env);
  const { batch: rows, sentAt } = parseBody(batchSchema, await readBody(context.req.raw, MAX_BATCH));
  if (rows.length > MAX_ENTRIES)
    throw new Problem("too_many_entries", `Send at most ${MAX_ENTRIES} messages at a time.`);
  const batch = { key, sentAt: sentAt ? Date.parse(sentAt) : undefined, receivedAt: Date.now() };
  const rejected = await takeMessages(context.env, rows, batch);
  // Libraries read no more than the status: one that a batch was lost in whole must not pass for success.
  const [first, ...others] = rejected;
  if (first && rejected.length === rows.length)
    throw refusedProblem([first, ...others], ({ index, path }) => `batch.${index}${path && `.${path}`}`);
  return context.json({ success: true, ...(first && { rejected }) }, 200, { "cache-control": "no-store" });
});
