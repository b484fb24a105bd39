import { Hono } from "hono";
import type { Env } from "../env.ts";
import { openApiDocument } from "../openapi/document.ts";

let text: string | undefined;

/** `GET /openapi.json`: what can be called, and how. The page at `/docs` renders it. */
export const openApiRoute = new Hono<{ Bindings: Env }>().get("/", (context) => {
  // Made when it is first asked for: nobody who delivers events has to wait for it.
  text ??= JSON.stringify(openApiDocument());
  return context.body(text, 200, {
    "content-type": "application/json",
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
  });
});
