import type { Plugin } from "../plugin.ts";
import { shopifyPixel, type CustomerEvents } from "./shopify-pixel.ts";
import { shopifyStorefront } from "./shopify-storefront.ts";

export interface ShopifyOptions {
  /** A web pixel's `analytics`: then its customer events are recorded, and not the page's storefront events. */
  analytics?: CustomerEvents;
}

/** What shoppers do in a Shopify shop: in its storefront, or with `analytics`, wherever a web pixel hears of it. */
export function shopify({ analytics }: ShopifyOptions = {}): Plugin {
  return analytics ? shopifyPixel(analytics) : shopifyStorefront();
}
