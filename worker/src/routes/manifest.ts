import { Hono } from "hono";
import { manifest } from "../definition.ts";
import type { Env } from "../env.ts";
import { Problem } from "../wire/problem.ts";

/** `GET /v1/manifest`: the definition for devices; by its hash it can be cached for ever, without one for a minute. */
export const manifestRoute = new Hono<{ Bindings: Env }>()
  .get("/", (context) => context.json(manifest, 200, { "cache-control": "public, max-age=60" }))
  .get("/:hash", (context) => {
    if (context.req.param("hash") !== manifest.hash)
      throw new Problem("not_found", "This manifest is not in force: ask /v1/manifest for the one that is.");
    return context.json(manifest, 200, { "cache-control": "public, max-age=31536000, immutable" });
  });
