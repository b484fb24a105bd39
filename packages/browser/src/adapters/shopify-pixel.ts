import type { Properties } from "../murmur.ts";
import type { Plugin } from "../plugin.ts";
import { listed } from "./listed.ts";
import { ownId } from "./own-id.ts";
import { picked, type Names } from "./picked.ts";
import { quietly } from "./quietly.ts";
import { cartOf, cleaned, idOf, productOf } from "./shopify-shapes.ts";
import type { Untrusted } from "./untrusted.ts";

/** What a web pixel is given to listen with. */
export interface CustomerEvents {
  subscribe(name: string, callback: (event: never) => void): unknown;
}

const EVENTS: Names = {
  product_viewed: "Product Viewed",
  product_added_to_cart: "Product Added",
  product_removed_from_cart: "Product Removed",
  collection_viewed: "Product List Viewed",
  search_submitted: "Products Searched",
  cart_viewed: "Cart Viewed",
  checkout_started: "Checkout Started",
  checkout_shipping_info_submitted: "Checkout Step Completed",
  payment_info_submitted: "Payment Info Entered",
  checkout_completed: "Order Completed",
};

/** The customer events that a web pixel hears. */
export function shopifyPixel(analytics: CustomerEvents): Plugin {
  return {
    name: "shopify",
    capture({ track }) {
      let following = true;
      for (const event of Object.keys(EVENTS)) {
        const see = quietly(({ id, data = {} }: Untrusted) => {
          if (!following) return;
          const order = event === "checkout_completed" && data["checkout"]?.["order"]?.["id"];
          void track(
            EVENTS[event]!,
            cleaned(propertiesOf(data)),
            ownId(order ? `order:${idOf(order)}` : `shopify:${id}`),
          );
        });
        quietly(() => analytics.subscribe(event, see))();
      }
      return () => (following = false);
    },
  };
}

function propertiesOf(data: Untrusted): Properties {
  const { productVariant, cartLine, cart, collection, checkout } = data;
  const products = [
    ...listed(checkout?.["lineItems"] ?? cart?.["lines"], lineOf),
    ...listed(collection?.["productVariants"], wholeProductOf),
  ];
  return {
    ...wholeProductOf(productVariant),
    ...lineOf(cartLine),
    ...picked(collection, { list_id: "id", category: "title" }),
    ...picked(data["searchResult"], { query: "" }),
    ...cartOf(cart),
    ...picked(checkout, { currency: "currencyCode" }),
    ...picked(checkout?.["order"], { order_id: "id" }),
    ...picked(checkout?.["subtotalPrice"], { revenue: "amount" }),
    ...picked(checkout?.["discountsAmount"], { discount: "amount" }),
    ...picked(checkout?.["totalPrice"], { total: "amount" }),
    ...picked(checkout?.["totalTax"], { tax: "amount" }),
    ...picked(checkout?.["shippingLine"]?.["price"], { shipping: "amount" }),
    ...(products[0] && { products }),
  };
}

/** A product with what only customer events tell of it. */
function wholeProductOf(variant: Untrusted | undefined): Properties {
  return {
    ...productOf(variant),
    ...picked(variant, { sku: "" }),
    ...picked(variant?.["product"], { brand: "vendor", category: "type", url: "" }),
  };
}

/** A line of a cart or a checkout. */
function lineOf(line: Untrusted | undefined): Properties {
  return { ...wholeProductOf(line?.["merchandise"] ?? line?.["variant"]), ...picked(line, { quantity: "" }) };
}
