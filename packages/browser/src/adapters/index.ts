export { dataAttributes } from "./data-attributes.ts";
export { ga4DataLayer } from "./ga4-data-layer.ts";
export { jsonLd } from "./json-ld.ts";
export { push, type PushOptions } from "./push.ts";
export { segmentCalls } from "./segment-calls.ts";
export type { CustomerEvents } from "./shopify-pixel.ts";
export { shopify, type ShopifyOptions } from "./shopify.ts";
export type { Plugin } from "../plugin.ts";
