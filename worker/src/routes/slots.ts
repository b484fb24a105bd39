import { Hono } from "hono";
import type { Env } from "../env.ts";
import { decideFor } from "../profile/decide-for.ts";
import { deviceOf } from "../segment-api/device-of.ts";
import { writeKeyOf } from "../segment-api/write-key.ts";
import { Problem } from "../wire/problem.ts";
import { readBody } from "../wire/read-body.ts";
import { slotsRequestSchema } from "../wire/slots-schema.ts";
import { MAX_BODY, parseBody } from "../wire/sync-schema.ts";

/** `POST /v1/slots`: what a customer, or who is on a device, is shown. For the shop's servers, which may ask for anybody. */
export const slotsRoute = new Hono<{ Bindings: Env }>().post("/", async ({ req, env, json }) => {
  if ((await writeKeyOf(req.raw, env)) !== "secret")
    throw new Problem(
      "secret_key_required",
      "Send SECRET_WRITE_KEY, and from a server: it asks for any customer.",
    );
  const { userId, anonymousId, ...call } = parseBody(slotsRequestSchema, await readBody(req.raw, MAX_BODY));
  const owner = userId === undefined ? { device: await deviceOf(anonymousId!) } : { customer: userId };
  return json(await decideFor(env, owner, call), 200, { "cache-control": "no-store" });
});
