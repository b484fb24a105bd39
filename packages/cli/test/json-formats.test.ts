import { expect, test } from "vitest";
import { readFiles, type Read } from "./kit/read-files.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

const readText = (name: string, lines: readonly string[]): Promise<Read> =>
  readFiles([folder.write(name, `${lines.join("\n")}\n`)]);

test("GA4's export: recommended events, one entry a product, and whose a device is", async () => {
  const row = (members: object): string => JSON.stringify(members);
  const { entries, input } = await readText("ga4.json", [
    row({
      event_timestamp: "1767225600000000",
      event_name: "view_item",
      user_pseudo_id: "d1",
      items: [{ item_id: "p1", item_category: "shoes", price: 20 }, { item_id: "p2" }],
    }),
    row({
      event_timestamp: "1767225601000000",
      event_name: "page_view",
      user_pseudo_id: "d1",
      event_params: [
        { key: "page_location", value: { string_value: "https://shop.example/cart?x=1" } },
        { key: "n", value: { int_value: "3" } },
      ],
    }),
    row({
      event_timestamp: "1767225602000000",
      event_name: "purchase",
      user_pseudo_id: "d1",
      user_id: "ada",
      ecommerce: { transaction_id: "t1", purchase_revenue: 40, tax_value: 7.6, shipping_value: 4.9 },
      items: [{ item_id: "p1" }],
    }),
    // The thank-you page once more, and an order whose id means none.
    ...[1, 2].map((at) =>
      row({
        event_timestamp: `176722560${at + 6}000000`,
        event_name: "purchase",
        user_pseudo_id: "d1",
        ecommerce: { transaction_id: at === 1 ? "t1" : "undefined" },
        event_params: [{ key: "value", value: { double_value: 5 } }],
      }),
    ),
    row({ event_timestamp: "1767225603000000", event_name: "my_own", user_pseudo_id: "d2" }),
    row({ event_timestamp: "1767225604000000", event_name: "constructor", user_pseudo_id: "d2" }),
    row({ event_timestamp: "1767225605000000", event_name: "page_view" }),
  ]);
  expect(input.skipped).toEqual({ "neither user_id nor user_pseudo_id: no consent to say who it was": 1 });
  expect(entries.map(([profile, entry]) => [profile, (entry as { name: string }).name])).toEqual([
    ["ada", "Product Viewed"],
    ["ada", "Product Viewed"],
    ["ada", "Page Viewed"],
    ["ada", "Order Completed"],
    ["ada", "Order Completed"],
    ["d2", "my_own"],
    // A name of its own, whatever else JavaScript knows by it.
    ["d2", "constructor"],
  ]);
  const properties = entries.map(([, entry]) => (entry as { properties: object }).properties);
  expect(properties[0]).toEqual({ product_id: "p1", category: "shoes", price: 20 });
  expect(properties[2]).toMatchObject({ path: "/cart", n: 3 });
  // As the tag has it of the same page: with tax and shipping, and an order once.
  expect(properties[3]).toMatchObject({
    order_id: "t1",
    revenue: 40,
    total: 52.5,
    products: [{ product_id: "p1" }],
  });
  expect(properties[4]).toMatchObject({ revenue: 5, total: 5 });
  expect(input.repeated).toBe(1);
  expect(entries.slice(3, 5).map(([, { id }]) => id)).toEqual(["order:t1", expect.stringMatching(/^f0l/)]);
});

test("Segment's messages, also of before somebody said who they are; a message that comes twice counts once", async () => {
  const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
  const { entries, input } = await readText(
    "segment.ndjson",
    [
      {
        type: "track",
        event: "Product Viewed",
        anonymousId: "a",
        messageId: "1",
        timestamp: at(1),
        properties: { category: "x" },
      },
      { type: "page", name: "Home", anonymousId: "a", messageId: "2", timestamp: at(3) },
      {
        type: "identify",
        userId: "ada",
        anonymousId: "a",
        messageId: "3",
        timestamp: at(2),
        traits: { tier: "vip" },
      },
      { type: "track", event: "Product Viewed", anonymousId: "a", messageId: "1", timestamp: at(1) },
      { type: "track", event: "Cart Viewed", anonymousId: "b", messageId: "7", timestamp: at(0) },
      { type: "alias", userId: "ada", previousId: "b", messageId: "4", timestamp: at(4) },
      { type: "track", event: "", userId: "ada", messageId: "5", timestamp: at(5) },
      { type: "track", event: "X", messageId: "6", timestamp: at(5) },
      { type: "alias", userId: "ada", messageId: "8", timestamp: at(6) },
    ].map((message) => JSON.stringify(message)),
  );
  expect(entries.map(([profile, { id }]) => [profile, id])).toEqual([
    ["ada", "7"],
    ["ada", "1"],
    ["ada", "3"],
    ["ada", "2"],
  ]);
  expect(input.repeated).toBe(1);
  expect(input.skipped).toEqual({ "alias says who is who, and nothing that happened": 1 });
  expect(input.bad.samples.map(({ line }) => line)).toEqual([7, 8, 9]);
});
