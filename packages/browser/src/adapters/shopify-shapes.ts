import type { Properties } from "../murmur.ts";
import { picked } from "./picked.ts";
import type { Untrusted } from "./untrusted.ts";

/** An id as both kinds of events have it, without `gid://shopify/Product/`; a cart's without the key that opens it. */
export function idOf(id: unknown): string {
  return `${id}`.replace(/^gid:.*\/|[?:].*/g, "");
}

/** Properties with their ids as `idOf` has them, and without what is undefined. */
export function cleaned(properties: object): Properties {
  return JSON.parse(JSON.stringify(properties), (name, value: unknown) =>
    name.endsWith("_id") ? idOf(value) : value,
  );
}

export function productOf(variant: Untrusted | undefined, product = variant?.["product"]): Properties {
  return {
    ...picked(product, { product_id: "id", name: "title" }),
    ...picked(variant, { variant_id: "id", variant: "title" }),
    ...picked(variant?.["price"], { price: "amount", currency: "currencyCode" }),
  };
}

/** A cart, except for its lines. */
export function cartOf(cart: Untrusted | undefined): Properties {
  return {
    ...picked(cart, { cart_id: "id" }),
    ...picked(cart?.["cost"]?.["totalAmount"], { value: "amount", currency: "currencyCode" }),
  };
}
