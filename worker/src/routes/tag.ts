import { Hono } from "hono";
import type { Env } from "../env.ts";
import tag from "../../../packages/browser/dist/murmur.js";

/** `GET /murmur.js`: the tag. Any page may load it, also with an integrity hash, which needs CORS. */
export const tagRoute = new Hono<{ Bindings: Env }>().get("/", (context) =>
  context.body(tag, 200, {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=300, stale-while-revalidate=86400",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  }),
);
