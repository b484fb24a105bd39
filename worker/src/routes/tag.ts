import { Hono } from "hono";
import type { Env } from "../env.ts";
import tag from "../../../packages/browser/dist/murmur.js";
import debug from "../../../packages/browser/dist/murmur-debug.js";

/**
 * `GET /murmur.js`: the tag, and beside it what it loads on demand. Any page may load them, also as modules and with an
 * integrity hash, which need CORS.
 */
export const tagRoute = new Hono<{ Bindings: Env }>()
  .get("/murmur.js", () => script(tag))
  .get("/murmur-debug.js", () => script(debug));

function script(text: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=300, stale-while-revalidate=86400",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    },
  });
}
