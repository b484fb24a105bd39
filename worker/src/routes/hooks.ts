import { Hono } from "hono";
import type { Env } from "../env.ts";
import { emailProviders } from "../hooks/email-providers.ts";
import { takeEvents } from "../hooks/take-events.ts";
import { usedTokens } from "../hooks/used-tokens.ts";
import { readBody } from "../wire/read-body.ts";
import { Problem } from "../wire/problem.ts";

/** Bytes of a call: SendGrid, which sends the most at a time, keeps to 768 KB. */
const MAX_HOOK = 1_048_576;

/** `POST /v1/hooks/:provider`: what happened to the shop's e-mails, as its e-mail provider tells it. */
export const hooksRoute = new Hono<{ Bindings: Env }>().post("/:provider", async ({ req, env, json }) => {
  const name = req.param("provider");
  const provider = emailProviders.get(name);
  if (!provider) throw new Problem("not_found", `There is ${[...emailProviders.keys()].join(", ")}.`);
  const now = Date.now();
  const body = await readBody(req.raw, MAX_HOOK);
  const call = { headers: req.raw.headers, body, env, tokens: usedTokens(env), now };
  const { events, settled } = await provider.open(call);
  const answer = await takeEvents(env, name, provider, events);
  await settled?.();
  return json(answer, 200, { "cache-control": "no-store" });
});
