import { Hono } from "hono";
import type { Env } from "../env.ts";
import files from "../../../packages/browser/dist/tag-files.js";

const HEADERS = {
  "content-type": "text/javascript; charset=utf-8",
  "cache-control": "public, max-age=300, stale-while-revalidate=86400",
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
};

/**
 * `GET /murmur.js`: the tag; `GET /murmur-….js`: what it loads on demand. Any page may load them, also as modules and with
 * an integrity hash, which need CORS.
 */
export const tagRoute = new Hono<{ Bindings: Env }>();

for (const [name, text] of Object.entries(files))
  tagRoute.get(`/${name}`, ({ body }) => body(text, 200, HEADERS));
