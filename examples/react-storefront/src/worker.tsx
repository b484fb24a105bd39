import murmur, { type Env } from "@murmur/worker";
import { Hono, type Context } from "hono";
import { getCookie } from "hono/cookie";
import { renderToReadableStream } from "react-dom/server";
import type { Bootstrap } from "@murmur/react";
import { findPicture } from "../../storefront/picture.ts";
import { pageAt } from "./page.ts";
import { Shop } from "./shop.tsx";

// All Durable Objects that Murmur's worker has, whichever those are.
export * from "@murmur/worker";

/** The device's id, as the tag keeps it for the database `murmur`. */
const COOKIE = "murmur_murmur";
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

type Asked = Context<{ Bindings: Env }>;

const shop = new Hono<{ Bindings: Env }>()
  .get("/pictures/:file{[a-z0-9-]+\\.svg}", (context) => {
    const picture = findPicture(context.req.param("file").slice(0, -".svg".length));
    if (picture === undefined) return context.notFound();
    return context.body(picture, 200, {
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=3600",
    });
  })
  .on("GET", ["/", "/category/:slug", "/products/:slug", "/cart"], page)
  .all("*", async (context) => {
    const { req, env, executionCtx } = context;
    const answer = await murmur.fetch(req.raw, env, executionCtx);
    // A visitor who has lost the way gets a page of the shop; a program, Murmur's own answer.
    const isVisit = req.method === "GET" && req.header("accept")?.includes("text/html");
    return answer.status === 404 && isVisit ? page(context) : answer;
  });

async function page(context: Asked): Promise<Response> {
  const bootstrap = await decideFor(getCookie(context, COOKIE), context.env, context.executionCtx);
  const { path } = context.req;
  const stream = await renderToReadableStream(<Shop state={{ path, bootstrap }} />, {
    bootstrapModules: ["/assets/shop.js"],
    signal: context.req.raw.signal,
  });
  return context.body(stream, pageAt(path).name === "not-found" ? 404 : 200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    // A page is one visitor's: nothing on the way may keep it.
    "cache-control": "private, no-store",
  });
}

/** What the edge decides for a device: by its own call for servers, which here costs no way. Nobody waits for a fault of it. */
async function decideFor(
  device: string | undefined,
  env: Env,
  execution: Parameters<typeof murmur.fetch>[2],
): Promise<Bootstrap> {
  if (device === undefined) return {};
  const request = new Request("https://edge/v1/slots", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${env.SECRET_WRITE_KEY}:`)}` },
    body: JSON.stringify({ anonymousId: device }),
  });
  const response = await murmur.fetch(request, env, execution);
  return response.ok ? ((await response.json()) as Bootstrap) : {};
}

export default { ...murmur, fetch: shop.fetch };
