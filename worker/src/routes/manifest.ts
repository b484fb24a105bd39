import { Hono } from "hono";
import { devicePart, manifest } from "../definition.ts";
import type { Env } from "../env.ts";
import { Problem } from "../wire/problem.ts";

/** What a cache kept for who is no page of another origin has no CORS headers: it is not to be given to a page that needs them. */
const KEPT = { vary: "origin" };
const FOR_EVER = { ...KEPT, "cache-control": "public, max-age=31536000, immutable" };
const A_MINUTE = { ...KEPT, "cache-control": "public, max-age=60" };

/**
 * `GET /v1/manifest`: the plan of the definition for devices; by its hash it can be cached for ever, without one for a
 * minute. `/v1/manifest/{hash}/definition` is what it was made of, for who wants to explain.
 */
export const manifestRoute = new Hono<{ Bindings: Env }>()
  .get("/", (context) => context.json(manifest, 200, A_MINUTE))
  .get("/:hash", (context) => {
    checkInForce(context.req.param("hash"));
    return context.json(manifest, 200, FOR_EVER);
  })
  .get("/:hash/definition", (context) => {
    checkInForce(context.req.param("hash"));
    return context.json(devicePart, 200, FOR_EVER);
  });

function checkInForce(hash: string): void {
  if (hash !== manifest.hash)
    throw new Problem("not_found", "This manifest is not in force: ask /v1/manifest for the one that is.");
}
