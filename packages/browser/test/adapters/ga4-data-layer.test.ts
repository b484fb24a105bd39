import { beforeEach, expect, test } from "vitest";
import { ga4DataLayer } from "../../src/adapters/index.ts";
import { capture, hostile, pageFaults } from "./kit.ts";

const page = window as unknown as { dataLayer?: unknown[] };
// As Google's snippet has it: the arguments object itself is pushed.
function gtag(..._args: unknown[]): void {
  // oxlint-disable-next-line prefer-rest-params
  page.dataLayer!.push(arguments);
}

const TENT = {
  item_id: 501,
  item_name: "Tent",
  item_brand: "Acme",
  item_category: "tents",
  price: "129.00",
  index: 3,
};
const AS_TENT = {
  product_id: "501",
  name: "Tent",
  brand: "Acme",
  category: "tents",
  price: 129,
  position: 3,
};

beforeEach(() => {
  delete page.dataLayer;
});

test.each([
  ["view_item", "Product Viewed"],
  ["select_item", "Product Clicked"],
  ["add_to_cart", "Product Added"],
  ["remove_from_cart", "Product Removed"],
  ["add_to_wishlist", "Product Added to Wishlist"],
])("%s is %s, once for each product", (event, name) => {
  const { recorded } = capture(ga4DataLayer());
  page.dataLayer!.push({ event, ecommerce: { currency: "EUR", value: 129, items: [TENT] } });
  gtag("event", event, { currency: "EUR", value: 12, items: [TENT, { item_id: "b", quantity: "2" }] });
  expect(recorded).toEqual([
    ["track", name, { ...AS_TENT, currency: "EUR", value: 129 }],
    ["track", name, { ...AS_TENT, currency: "EUR" }],
    ["track", name, { product_id: "b", quantity: 2, currency: "EUR" }],
  ]);
});

test.each([
  [
    "view_item_list",
    "Product List Viewed",
    { item_list_id: "l1", item_list_name: "Sale" },
    { list_id: "l1", list_name: "Sale" },
  ],
  ["view_cart", "Cart Viewed", { value: 5 }, { value: 5 }],
  ["begin_checkout", "Checkout Started", { coupon: "X" }, { coupon: "X" }],
  ["add_shipping_info", "Checkout Step Completed", { shipping_tier: "Air" }, { shipping_method: "Air" }],
  ["add_payment_info", "Payment Info Entered", { payment_type: "Card" }, { payment_method: "Card" }],
  [
    "refund",
    "Order Refunded",
    { transaction_id: "7", value: 5 },
    { order_id: "7", value: 5, revenue: 5, total: 5 },
  ],
])("%s is %s of all its products", (event, name, params, properties) => {
  const { recorded } = capture(ga4DataLayer());
  gtag("event", event, { ...params, items: [TENT] });
  expect(recorded).toEqual([["track", name, { ...properties, products: [AS_TENT] }]]);
});

test("purchase is Order Completed with its money, under an id of its own", () => {
  const { recorded } = capture(ga4DataLayer());
  const ecommerce = {
    transaction_id: 1001,
    value: "129.10",
    tax: 20.2,
    shipping: "5",
    currency: "EUR",
    items: [TENT],
  };
  page.dataLayer!.push({ event: "purchase", ecommerce });
  const properties = {
    order_id: "1001",
    value: 129.1,
    revenue: 129.1,
    tax: 20.2,
    shipping: 5,
    total: 154.3,
    currency: "EUR",
    products: [AS_TENT],
  };
  expect(recorded).toEqual([["track", "Order Completed", properties, "order:1001"]]);
});

test.each([undefined, null, "", " ", "undefined", "(not set)", "0", {}, "x".repeat(123)])(
  "an order whose id is %j is not taken for another one",
  (transaction_id) => {
    const { recorded } = capture(ga4DataLayer());
    gtag("event", "purchase", { transaction_id, value: 5 });
    expect(recorded).toHaveLength(1);
    expect(recorded[0]).toHaveLength(3);
  },
);

test("an order number that begins with #, as Shopify's do, is the event's own: a page that is loaded again counts once", () => {
  const { recorded } = capture(ga4DataLayer());
  for (const transaction_id of ["#1001", "#", "#undefined", "#{{ order }}"])
    page.dataLayer!.push({ event: "purchase", ecommerce: { transaction_id, value: 5 } });
  expect(recorded.map(([, , , id]) => id)).toEqual(["order:#1001", undefined, undefined, undefined]);
});

test("an order's total is there though its tax and shipping are written in words", () => {
  const { recorded } = capture(ga4DataLayer());
  gtag("event", "purchase", { transaction_id: "7", value: 129.1, tax: "20,60 €", shipping: "incl." });
  expect(recorded[0]![2]).toEqual({
    order_id: "7",
    value: 129.1,
    revenue: 129.1,
    tax: "20,60 €",
    shipping: "incl.",
    total: 129.1,
  });
});

test("what is said to Google Ads alone, by items that GA4 would not know, is not said twice", () => {
  const { recorded } = capture(ga4DataLayer());
  const items = [{ id: 501, google_business_vertical: "retail" }];
  for (const event of ["view_item", "view_item_list", "view_search_results", "add_to_cart", "purchase"])
    gtag("event", event, { value: 129, items });
  expect(recorded).toEqual([]);
  gtag("event", "purchase", { value: 129, transaction_id: "7", items });
  gtag("event", "view_item", { items: [{ ...TENT, ...items[0] }] });
  expect(recorded).toEqual([
    ["track", "Order Completed", { order_id: "7", value: 129, revenue: 129, total: 129 }, "order:7"],
    ["track", "Product Viewed", AS_TENT],
  ]);
});

test("searches and promotions have the spec's names", () => {
  const { recorded } = capture(ga4DataLayer());
  page.dataLayer!.push({ event: "search", search_term: "tent" });
  gtag("event", "view_search_results", { search_term: "tent" });
  gtag("event", "view_promotion", { promotion_id: "p", promotion_name: "Sale", creative_slot: "top" });
  gtag("event", "select_promotion", { items: [{ ...TENT, promotion_id: "p", creative_name: "red" }] });
  expect(recorded).toEqual([
    ["track", "Products Searched", { query: "tent" }],
    ["track", "Products Searched", { query: "tent" }],
    ["track", "Promotion Viewed", { promotion_id: "p", name: "Sale", position: "top" }],
    ["track", "Promotion Clicked", { promotion_id: "p", creative: "red", products: [AS_TENT] }],
  ]);
});

test("what was pushed before it starts counts; other entries do not", () => {
  page.dataLayer = [
    { event: "gtm.js" },
    { event: "view_item", ecommerce: { items: [TENT] } },
    { ecommerce: null },
  ];
  const { recorded } = capture(ga4DataLayer());
  page.dataLayer.push({ event: "toString" }, { event: "constructor" }, { event: "shop's own" });
  expect(recorded).toEqual([["track", "Product Viewed", AS_TENT]]);
});

/** As Google Tag Manager does it: its own `push` calls the one that was there, and works on what came. */
function tagManager(layer: unknown[], took: unknown[]): void {
  const before = layer.push;
  layer.push = (...entries) => {
    before.apply(layer, entries);
    took.push(...entries);
    while (layer.length > 2) layer.shift();
    return true as unknown as number;
  };
}

test.each(["before", "after"])("a tag manager that was there %s goes on as it was", (when) => {
  page.dataLayer = [];
  const took: unknown[] = [];
  if (when === "before") tagManager(page.dataLayer, took);
  const { recorded, stop } = capture(ga4DataLayer());
  if (when === "after") tagManager(page.dataLayer, took);
  for (const item_id of ["a", "b", "c", "d"])
    expect(page.dataLayer.push({ event: "view_item", ecommerce: { items: [{ item_id }] } })).toBe(true);
  expect(took).toHaveLength(4);
  expect(recorded).toHaveLength(4);
  stop();
  page.dataLayer.push({ event: "view_item", ecommerce: { items: [TENT] } });
  expect(took).toHaveLength(5);
  expect(recorded).toHaveLength(4);
});

test("a layer that the page makes later is the same one; stop gives its push back", () => {
  const { recorded, stop } = capture(ga4DataLayer());
  page.dataLayer = page.dataLayer || [];
  expect(page.dataLayer.push({ event: "view_item", ecommerce: { items: [TENT] } }, {})).toBe(2);
  expect(recorded).toHaveLength(1);
  stop();
  expect(page.dataLayer.push).toBe(Array.prototype.push);
});

test("what cannot be read is passed over, and reaches the page's own all the same", () => {
  const faults = pageFaults();
  const { recorded } = capture(ga4DataLayer());
  const cyclic: Record<string, unknown> = { item_id: "c" };
  cyclic["self"] = cyclic;
  const entries = [
    null,
    5,
    "x",
    [],
    hostile(),
    { event: hostile() },
    { event: "view_item", ecommerce: hostile() },
    { event: "view_item" },
    { event: "view_item", ecommerce: { items: "none" } },
    { event: "view_item", ecommerce: { items: [null, "x", 5, {}] } },
    { event: "view_item", ecommerce: { items: [cyclic, { item_id: "ok", price: "cheap", quantity: NaN }] } },
  ];
  for (const entry of entries) page.dataLayer!.push(entry);
  expect(page.dataLayer).toHaveLength(entries.length);
  expect(recorded.map(([, , properties]) => properties?.["product_id"])).toEqual(["c", "ok"]);
  gtag("event", "view_cart", { items: Array.from({ length: 100_000 }, () => TENT) });
  expect((recorded[2]![2]!["products"] as unknown[]).length).toBe(40);
  expect(faults).toEqual([]);
});
