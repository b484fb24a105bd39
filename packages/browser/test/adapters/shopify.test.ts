import { expect, test } from "vitest";
import { shopify } from "../../src/adapters/index.ts";
import { capture, hostile, pageFaults, wait } from "./kit.ts";

const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
const PRICE = { amount: "129.00", currencyCode: "EUR" };
const VARIANT = { id: gid("ProductVariant", "42"), title: "Red", availableForSale: true, price: PRICE };
const PRODUCT = { id: gid("Product", "7"), title: "Tent", handle: "tent", selectedVariant: VARIANT };
const AS_PRODUCT = {
  product_id: "7",
  name: "Tent",
  variant_id: "42",
  variant: "Red",
  price: 129,
  currency: "EUR",
};
const CART = {
  id: `${gid("Cart", "c1")}?key=secret`,
  totalQuantity: 2,
  cost: { totalAmount: { amount: "258.00", currencyCode: "EUR" } },
  lines: [{ id: "42:abc", quantity: 2, cost: { totalAmount: PRICE } }],
};

/** As Shopify's own library does it: the payload's fields are the event's own, and it bubbles. */
function dispatch(name: string, payload: object, on: Element = document.body): void {
  on.dispatchEvent(Object.assign(new Event(`shopify:${name}`, { bubbles: true }), payload));
}

test("what the theme shows is viewed; cards in a list are not", () => {
  const { recorded, stop } = capture(shopify());
  dispatch("product:view", { context: "page", product: PRODUCT });
  dispatch("product:view", { context: "collection", product: PRODUCT });
  dispatch("product:view", { context: "dialog", product: { ...PRODUCT, selectedVariant: null } });
  dispatch("collection:view", {
    collection: { id: gid("Collection", "9"), handle: "tents", productsCount: 3 },
  });
  dispatch("search:update", { search: { query: "tent" }, promise: Promise.resolve({ totalCount: 1 }) });
  dispatch("search:update", { search: { query: "tent", sortKey: "PRICE" } });
  dispatch("cart:view", { context: "page", cart: CART });
  dispatch("cart:view", { context: "dialog", cart: null });
  expect(recorded).toEqual([
    ["track", "Product Viewed", AS_PRODUCT],
    ["track", "Product Viewed", { product_id: "7", name: "Tent" }],
    ["track", "Product List Viewed", { list_id: "9", category: "tents" }],
    ["track", "Products Searched", { query: "tent" }],
    [
      "track",
      "Cart Viewed",
      { cart_id: "c1", value: 258, currency: "EUR", products: [{ ...AS_PRODUCT, quantity: 2 }] },
    ],
    ["track", "Cart Viewed", { products: [] }],
  ]);
  stop();
  dispatch("product:view", { context: "page", product: PRODUCT });
  expect(recorded).toHaveLength(6);
});

const update = (action: string, lines: object[], cart?: object, rest: object = {}): void =>
  dispatch("cart:lines-update", {
    action,
    lines,
    context: "cart",
    promise: Promise.resolve({ cart, ...rest }),
  });

test("a change of the cart counts once the cart has taken it", async () => {
  const { recorded } = capture(shopify());
  dispatch("product:view", { context: "page", product: PRODUCT });
  let take!: (result: object) => void;
  const promise = new Promise((resolve) => (take = resolve));
  dispatch("cart:lines-update", {
    action: "add",
    lines: [{ merchandiseId: VARIANT.id, quantity: 2 }],
    promise,
  });
  await wait(0);
  expect(recorded).toHaveLength(1);
  take({ cart: CART });
  await expect.poll(() => recorded).toHaveLength(2);
  update("update", [{ id: "42:abc", quantity: 5 }], { ...CART, totalQuantity: 5 });
  await wait(0);
  update("update", [{ id: "42:abc", quantity: 4 }], { ...CART, totalQuantity: 4 });
  await wait(0);
  update("remove", [{ quantity: 0 }], { ...CART, totalQuantity: 0 });
  await expect.poll(() => recorded).toHaveLength(5);
  expect(recorded.slice(1)).toEqual([
    ["track", "Product Added", { ...AS_PRODUCT, quantity: 2, cart_id: "c1" }],
    ["track", "Product Added", { ...AS_PRODUCT, quantity: 3, cart_id: "c1" }],
    ["track", "Product Removed", { ...AS_PRODUCT, quantity: 1, cart_id: "c1" }],
    ["track", "Product Removed", { quantity: 4, cart_id: "c1" }],
  ]);
});

test("a variant that was chosen is known when it is put in the cart", async () => {
  const { recorded } = capture(shopify());
  const variant = { ...VARIANT, id: gid("ProductVariant", "43"), title: "Blue" };
  dispatch("product:select", { product: PRODUCT, promise: Promise.resolve({ variant }) });
  await wait(0);
  update("add", [{ merchandiseId: "43", quantity: 1 }], CART);
  await expect.poll(() => recorded).toHaveLength(1);
  expect(recorded[0]![2]).toMatchObject({ product_id: "7", variant_id: "43", variant: "Blue", quantity: 1 });
});

test("what the cart refuses does not count, nor what comes off after the end", async () => {
  const faults = pageFaults();
  const { recorded, stop } = capture(shopify());
  const lines = [{ merchandiseId: "42", quantity: 1 }];
  update("add", lines, CART, { userErrors: [{ message: "sold out" }] });
  update("add", lines, CART, { detail: { didError: true } });
  dispatch("cart:lines-update", { action: "add", lines, promise: Promise.reject(new Error("offline")) });
  update("update", [{ id: "x", quantity: 3 }]);
  await wait(10);
  expect(recorded).toEqual([]);
  update("add", lines, CART);
  stop();
  await wait(10);
  expect(recorded).toEqual([]);
  expect(faults).toEqual([]);
});

test("what lacks its fields, or cannot be read, does no harm", async () => {
  const faults = pageFaults();
  const { recorded } = capture(shopify());
  for (const name of [
    "product:view",
    "product:select",
    "collection:view",
    "search:update",
    "cart:view",
    "cart:lines-update",
  ])
    for (const payload of [
      {},
      { product: null, collection: 5, search: "x", cart: [], lines: "y" },
      hostile(),
    ]) {
      const event = new Event(`shopify:${name}`, { bubbles: true });
      for (const key of ["product", "collection", "search", "cart", "lines", "promise"])
        Object.defineProperty(event, key, { get: () => (payload as Record<string, unknown>)[key] });
      document.body.dispatchEvent(event);
    }
  await wait(10);
  expect(recorded.every(([, , properties]) => !("product_id" in properties!))).toBe(true);
  expect(faults).toEqual([]);
});

/** A web pixel's `analytics`. */
function pixel(): {
  subscribe(name: string, hear: (event: never) => void): void;
  publish(name: string, event: object): void;
} {
  const heard = new Map<string, (event: never) => void>();
  return {
    subscribe: (name, hear) => void heard.set(name, hear),
    publish: (name, event) => heard.get(name)?.(event as never),
  };
}

const FULL = {
  ...VARIANT,
  id: "42",
  sku: "T-1",
  product: { id: "7", title: "Tent", vendor: "Acme", type: "Tents", url: "/tent" },
};
const AS_FULL = { ...AS_PRODUCT, sku: "T-1", brand: "Acme", category: "Tents", url: "/tent" };
const CHECKOUT = {
  currencyCode: "EUR",
  order: { id: gid("Order", "1001") },
  subtotalPrice: { amount: 129 },
  totalPrice: { amount: 158 },
  totalTax: { amount: 24 },
  shippingLine: { price: { amount: 5 } },
  discountsAmount: { amount: 0 },
  lineItems: [{ title: "Tent", quantity: 1, variant: FULL }],
};
const AS_CHECKOUT = {
  order_id: "1001",
  currency: "EUR",
  revenue: 129,
  total: 158,
  tax: 24,
  shipping: 5,
  discount: 0,
  products: [{ ...AS_FULL, quantity: 1 }],
};

test.each([
  ["product_viewed", { productVariant: FULL }, "Product Viewed", AS_FULL],
  [
    "product_added_to_cart",
    { cartLine: { merchandise: FULL, quantity: 2 } },
    "Product Added",
    { ...AS_FULL, quantity: 2 },
  ],
  [
    "product_removed_from_cart",
    { cartLine: { merchandise: FULL, quantity: 2 } },
    "Product Removed",
    { ...AS_FULL, quantity: 2 },
  ],
  [
    "collection_viewed",
    { collection: { id: "9", title: "Tents", productVariants: [FULL] } },
    "Product List Viewed",
    { list_id: "9", category: "Tents", products: [AS_FULL] },
  ],
  [
    "search_submitted",
    { searchResult: { query: "tent", productVariants: [] } },
    "Products Searched",
    { query: "tent" },
  ],
  [
    "cart_viewed",
    { cart: { ...CART, lines: [{ merchandise: FULL, quantity: 2 }] } },
    "Cart Viewed",
    { cart_id: "c1", value: 258, currency: "EUR", products: [{ ...AS_FULL, quantity: 2 }] },
  ],
  ["checkout_started", { checkout: CHECKOUT }, "Checkout Started", AS_CHECKOUT],
  ["checkout_shipping_info_submitted", { checkout: CHECKOUT }, "Checkout Step Completed", AS_CHECKOUT],
  ["payment_info_submitted", { checkout: CHECKOUT }, "Payment Info Entered", AS_CHECKOUT],
])("of a web pixel, %s is %s", (event, data, name, properties) => {
  const analytics = pixel();
  const { recorded, stop } = capture(shopify({ analytics }));
  analytics.publish(event, { id: "e-1", data });
  expect(recorded).toEqual([["track", name, properties, "shopify:e-1"]]);
  stop();
  analytics.publish(event, { id: "e-2", data });
  dispatch("product:view", { context: "page", product: PRODUCT });
  expect(recorded).toHaveLength(1);
});

test("a completed checkout is an order, under an id of its own", () => {
  const analytics = pixel();
  const { recorded } = capture(shopify({ analytics }));
  analytics.publish("checkout_completed", { id: "e-1", data: { checkout: CHECKOUT } });
  analytics.publish("checkout_completed", { id: "e-2", data: { checkout: { ...CHECKOUT, order: null } } });
  expect(recorded.map(([, name, , id]) => [name, id])).toEqual([
    ["Order Completed", "order:1001"],
    ["Order Completed", "shopify:e-2"],
  ]);
});

test("a web pixel without its fields, or whose subscribe fails, does no harm", () => {
  const analytics = pixel();
  const { recorded } = capture(shopify({ analytics }));
  for (const event of [{}, { data: null }, { data: { checkout: 5, productVariant: null } }, hostile()])
    analytics.publish("product_viewed", event);
  expect(recorded.every(([, , properties]) => Object.keys(properties!).length === 0)).toBe(true);
  const failing = {
    subscribe() {
      throw new Error("no such event");
    },
  };
  expect(() => capture(shopify({ analytics: failing }))).not.toThrow();
});
