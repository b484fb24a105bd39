import { Hono } from "hono";
import type { Env } from "../env.ts";
import { whose } from "../identity/whose.ts";
import { openPush } from "../push/open-push.ts";
import { PROTOCOL } from "../push/page-sockets.ts";
import { Problem } from "../wire/problem.ts";

/** Who a page is, where it cannot say so in a header of its own: a protocol that it offers. */
const CREDENTIALS = /^(device|bearer)\.([\w.-]+)$/i;

/**
 * `GET /v1/push`: a WebSocket on which a page is told that its profile has changed elsewhere, and nothing else; it then asks
 * `/v1/sync`. Who it is it says in `Authorization`, or, as a browser's WebSocket has no headers, among the protocols that
 * it offers: `device.<id>` or `bearer.<token>`, beside `murmur`.
 */
export const pushRoute = new Hono<{ Bindings: Env }>().get("/", async ({ req, env }) => {
  if (req.header("upgrade")?.toLowerCase() !== "websocket")
    throw new Problem("upgrade_required", "Ask for it as a WebSocket.");
  const offered = (req.header("sec-websocket-protocol") ?? "").split(",").map((one) => one.trim());
  const [, scheme, credentials] = offered.map((one) => CREDENTIALS.exec(one)).find(Boolean) ?? [];
  const authorization = scheme === undefined ? req.header("authorization") : `${scheme} ${credentials}`;
  const { webSocket } = await openPush(env, await whose(authorization, env));
  return new Response(null, {
    status: 101,
    webSocket,
    headers: offered.includes(PROTOCOL) ? { "sec-websocket-protocol": PROTOCOL } : {},
  });
});
