import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { manifest } from "../definition.ts";
import type { Env } from "../env.ts";
import { attributeClicks } from "../identity/attribute-clicks.ts";
import { customerOf } from "../identity/customer-token.ts";
import { countEntries } from "../ops/count.ts";
import { syncProfile } from "../profile/ask-profile.ts";
import { checkEntries } from "../wire/check-entries.ts";
import { renewDeviceCookie } from "../wire/device-cookie.ts";
import { Problem } from "../wire/problem.ts";
import { MAX_BODY, MAX_ENTRIES, parseBody, syncRequestSchema } from "../wire/sync-schema.ts";

/** `POST /v1/sync`: delivers a device's entries and brings back decisions, in one round trip. */
export const syncRoute = new Hono<{ Bindings: Env }>().post(
  "/",
  bodyLimit({
    maxSize: MAX_BODY,
    onError: () => {
      throw new Problem("body_too_large", `Send at most ${MAX_BODY} bytes at a time.`);
    },
  }),
  async (context) => {
    const {
      identity,
      entries: batch,
      cookie,
      manifest: _held,
      ...call
    } = parseBody(syncRequestSchema, await context.req.text());
    if (batch.length > MAX_ENTRIES)
      throw new Problem("too_many_entries", `Send at most ${MAX_ENTRIES} entries at a time.`);
    const customer = identity === undefined ? undefined : await customerOf(identity, context.env);
    const { entries, rejected } = checkEntries(batch);
    const answer = await syncProfile(context.env, customer, { ...call, entries });
    const refused = new Set(answer.rejected.map(({ id }) => id));
    const kept = entries.filter(({ id }) => !refused.has(id));
    await attributeClicks(context.env, kept, answer.shift);
    // A yes that a later no has overtaken is none.
    const mayKeep = call.consent?.analytics && answer.rejected.every(({ reason }) => reason !== "no_consent");
    if (cookie !== undefined && mayKeep) renewDeviceCookie(context, cookie, call.device);
    answer.rejected.unshift(...rejected);
    countEntries(answer);
    return context.json({ ...answer, manifest: manifest.hash }, 200, { "cache-control": "no-store" });
  },
);
