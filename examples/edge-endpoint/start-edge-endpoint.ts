import { serve } from "@hono/node-server";
import { Hono, type Context } from "hono";
import type { AddressInfo } from "node:net";
import { currency, findCategory, findProduct, productProperties } from "../storefront/catalogue.ts";
import type { Html } from "../storefront/html.ts";
import { findStaticFile } from "../storefront/static-files.ts";
import { murmurServer } from "./murmur-server.ts";
import { categoryPage, homePage, notFoundPage, productPage } from "./pages.ts";
import { visitorOf } from "./visitor.ts";

export interface EdgeEndpointOptions {
  /** 0 for any that is free. */
  port: number;
  /** Where the worker runs. */
  edge: string;
  /** The worker's SECRET_WRITE_KEY. */
  writeKey: string;
  /** How long a page waits for each call before it is rendered without, ms; 300 by default. */
  patience?: number;
}

/**
 * A shop whose pages have no script at all: its server tells Murmur what happens, and asks it what to show, as of all that
 * has happened.
 */
export async function startEdgeEndpoint({
  port,
  edge,
  writeKey,
  patience = 300,
}: EdgeEndpointOptions): Promise<{ url: string; close(): Promise<void> }> {
  const murmur = murmurServer({ edge, writeKey, patience });
  const app = new Hono()
    .notFound((context) => send(context, notFoundPage(), 404))
    .get("/", async (context) => {
      const { slots } = await murmur.decide(visitorOf(context), ["hero"]);
      return send(context, homePage(slots["hero"]));
    })
    .get("/category/:slug", (context) => {
      const category = findCategory(context.req.param("slug"));
      return category ? send(context, categoryPage(category)) : context.notFound();
    })
    .get("/products/:slug", async (context) => {
      const product = findProduct(context.req.param("slug"));
      if (!product) return context.notFound();
      const visitor = visitorOf(context);
      await murmur.track(visitor, "Product Viewed", productProperties(product));
      const { slots } = await murmur.decide(visitor, ["hero"]);
      return send(context, productPage(product, slots["hero"]));
    })
    .post("/order/:slug", async (context) => {
      const product = findProduct(context.req.param("slug"));
      if (!product) return context.notFound();
      const total = product.price;
      const products = [{ ...productProperties(product), quantity: 1 }];
      await murmur.track(visitorOf(context), "Order Completed", { total, currency, products });
      return context.redirect("/", 303);
    })
    .get("*", async (context) => {
      const file = await findStaticFile(context.req.path);
      if (!file) return context.notFound();
      return new Response(file.body as BodyInit, {
        headers: { "content-type": file.type, "cache-control": file.cache },
      });
    });
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function send(context: Context, page: Html, status: 200 | 404 = 200): Response {
  return context.html(page.markup, status, {
    "content-security-policy":
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'",
    // A page is one visitor's: nothing on the way may keep it.
    "cache-control": "private, no-store",
  });
}
