import { describe, expect, test } from "vitest";
import { readMapping } from "../src/input/mapping/read-mapping.ts";
import type { EntriesOptions } from "../src/input/read-entries.ts";
import { readFiles, type Read } from "./kit/read-files.ts";
import { useFolder } from "./kit/with-folder.ts";

const folder = useFolder();

const readText = (name: string, lines: readonly string[], more?: Partial<EntriesOptions>): Promise<Read> =>
  readFiles([folder.write(name, `${lines.join("\n")}\n`)], more);

describe("Online Retail", () => {
  const HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";
  const LINES = [
    HEADER,
    "536365,85123A,HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
    "536365,POST,POSTAGE,1,2010-12-01 08:27:00,18.125,17850.0,United Kingdom",
    "536366,22423,CAKESTAND,2,2010-12-01 08:28:00,0,17850.0,United Kingdom",
    "C536379,22423,CAKESTAND,-1,2010-12-01 09:41:00,12.75,17850.0,United Kingdom",
    "536414,22139,,56,2010-12-01 11:52:00,1.5,,United Kingdom",
    "536415,22139,TEA SET,many,2010-12-01 11:53:00,1.5,17850.0,United Kingdom",
  ];

  test("an invoice is an order, its products are those that are some, and a C makes it a refund", async () => {
    const { entries, input } = await readText("online.csv", LINES);
    expect(input.files).toEqual([{ name: "online.csv", format: "online-retail" }]);
    expect(entries).toEqual([
      [
        "17850",
        {
          type: "event",
          id: "order:536365",
          name: "Order Completed",
          timestamp: Date.UTC(2010, 11, 1, 8, 26),
          properties: {
            order_id: "536365",
            total: 33.425,
            quantity: 6,
            products: [{ product_id: "85123A", name: "HEART", price: 2.55, quantity: 6 }],
          },
        },
      ],
      [
        "17850",
        expect.objectContaining({
          name: "Order Refunded",
          properties: expect.objectContaining({ total: 12.75 }),
        }),
      ],
    ]);
  });

  test("what stands for nothing is counted by its reason, and what is wrong is named by its line", async () => {
    const { input } = await readText("online.csv", [
      ...LINES,
      "536416,22139,TEA SET,-3,2010-12-01 11:54:00,1.5,17850.0,United Kingdom",
      "C536417,22139,TEA SET,3,2010-12-01 11:55:00,1.5,17850.0,United Kingdom",
    ]);
    expect(input.rows).toBe(8);
    expect(input.skipped).toEqual({
      "UnitPrice 0 or less": 1,
      "no CustomerID: a guest (--guests takes each order as somebody)": 1,
      "Quantity 0 or less, of no refund": 1,
      "Quantity 0 or more, of a refund": 1,
    });
    expect(input.bad).toEqual({
      count: 1,
      samples: [{ file: "online.csv", line: 7, reason: 'Quantity "many" is no whole number' }],
    });
  });

  test("guests are somebody where that is asked for", async () => {
    const { entries } = await readText("online.csv", LINES, { guests: true });
    expect(entries.map(([profile]) => profile)).toContain("guest-536414");
  });
});

test("CDNOW's whole file and its sample", async () => {
  const whole = await readText("master.txt", [
    " customer_id  date number_of_cds  dollar_value",
    " 00001 19970101  1   11.77",
  ]);
  expect(whole.entries).toEqual([
    [
      "00001",
      expect.objectContaining({
        timestamp: Date.UTC(1997, 0, 1),
        properties: { total: 11.77, quantity: 1, currency: "USD" },
      }),
    ],
  ]);
  const sample = await readText("sample.txt", [
    " 00004 0001 19970101  2   29.33",
    " 00004 0001 199701xx  2   29.33",
  ]);
  expect(sample.entries.map(([profile]) => profile)).toEqual(["00004"]);
  expect(sample.input.bad.samples).toEqual([{ file: "sample.txt", line: 2, reason: '"199701xx" is no day' }]);
});

test("REES46", async () => {
  const { entries, input } = await readText("rees46.csv", [
    "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session",
    "2019-10-01 00:00:00 UTC,view,44600062,21,,shiseido,35.79,541312140,s1",
    "2019-10-01 00:00:01 UTC,purchase,44600062,21,beauty,shiseido,35.79,541312140,s1",
    "2019-10-01 00:00:02 UTC,gaze,44600062,21,beauty,shiseido,35.79,541312140,s1",
    "2019-10-01 00:00:03 UTC,constructor,44600062,21,beauty,shiseido,35.79,541312140,s1",
  ]);
  expect(entries.map(([, entry]) => (entry as { name: string }).name)).toEqual([
    "Product Viewed",
    "Order Completed",
  ]);
  expect(entries[1]![1]).toMatchObject({ properties: { total: 35.79, products: [{ category: "beauty" }] } });
  expect(input.bad.samples[0]).toMatchObject({
    line: 4,
    reason: expect.stringContaining('event_type "gaze"'),
  });
  expect(input.bad.count).toBe(2);
});

test("Online Shoppers and Hillstrom: a row is somebody", async () => {
  const shoppers = await readText("shoppers.csv", [
    "Administrative,Administrative_Duration,PageValues,Month,Revenue",
    "0,0,1.5,Feb,FALSE",
    "3,10,0,June,TRUE",
  ]);
  expect(shoppers.entries.map(([profile, entry]) => [profile, entry.timestamp])).toEqual([
    ["session-2", Date.UTC(2017, 1, 1)],
    ["session-3", Date.UTC(2017, 5, 1)],
    ["session-3", Date.UTC(2017, 5, 1) + 1],
  ]);
  const mail = await readText("mail.csv", [
    "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,visit,conversion,spend",
    "10,2) $100 - $200,142.44,1,0,Surburban,0,Phone,Womens E-Mail,1,1,29.99",
    "6,3) $200 - $350,329.08,1,1,Rural,1,Web,No E-Mail,0,0,0",
  ]);
  expect(
    mail.entries.map(([profile, { type, ...entry }]) => [
      profile,
      type,
      "name" in entry ? entry.name : "traits",
    ]),
  ).toEqual([
    ["customer-1", "event", "Order Completed"],
    ["customer-1", "identify", "traits"],
    ["customer-1", "event", "Email Delivered"],
    ["customer-1", "event", "Page Viewed"],
    ["customer-1", "event", "Order Completed"],
    ["customer-2", "event", "Order Completed"],
    ["customer-2", "identify", "traits"],
  ]);
});

test("Shopify's export: the first row of an order has who and how much, the newest order is first", async () => {
  const { entries, input } = await readText("orders.csv", [
    "Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Vendor,Id",
    "#1002,Ada@Example.com,paid,EUR,20,5,0,25,2026-03-02 10:00:00 +0100,1,Flask,20,FL-1,2026-03-03 10:00:00 +0100,Tarnfell,77",
    "#1001,ada@example.com,paid,EUR,30,0,0,30,2026-03-01 10:00:00 +0100,2,Socks,10,SO-1,,Tarnfell,76",
    "#1001,,,,,,,,,1,Cap,10,CA-1,,Tarnfell,",
    "#1000,,paid,EUR,30,0,0,30,2026-02-01 10:00:00 +0100,2,Socks,10,SO-1,,Tarnfell,75",
  ]);
  expect(input.order).toBe("sorted");
  expect(
    entries.map(([profile, entry]) => [profile, (entry as { name: string }).name, entry.timestamp]),
  ).toEqual([
    ["ada@example.com", "Order Completed", Date.UTC(2026, 2, 1, 9)],
    ["ada@example.com", "Order Completed", Date.UTC(2026, 2, 2, 9)],
    ["ada@example.com", "Order Cancelled", Date.UTC(2026, 2, 3, 9)],
  ]);
  expect(entries[0]![1]).toMatchObject({
    // Revenue is the subtotal, as it is of the pixel's events and in the webhook of the guide.
    properties: {
      order_id: "76",
      revenue: 30,
      subtotal: 30,
      total: 30,
      products: [{ sku: "SO-1" }, { sku: "CA-1" }],
    },
  });
  expect(input.skipped).toEqual({ "no Email: a guest (--guests takes each order as somebody)": 1 });
});

test("CSV and NDJSON by a mapping, of flags and of YAML", async () => {
  const yaml = folder.write(
    "columns.yaml",
    "profile: kunde\ntimestamp: wann\nevent: was\nnames:\n  kauf: Order Completed\n",
  );
  const mapping = (await readMapping(yaml, ["properties.total=betrag"]))!;
  const wanted = [
    [
      "k1",
      expect.objectContaining({
        name: "Order Completed",
        timestamp: Date.UTC(2026, 0, 1),
        properties: { total: 12.5 },
      }),
    ],
    ["k1", expect.objectContaining({ name: "other", properties: {} })],
  ];
  const csv = await readText(
    "mapped.csv",
    ["kunde;wann;was;betrag;plz", "k1;2026-01-01;kauf;12.5;01234", "k1;2026-01-02;other;;"],
    { mapping },
  );
  expect(csv.entries).toEqual(wanted);
  const lines = [
    { kunde: "k1", wann: "2026-01-01", was: "kauf", betrag: 12.5 },
    { kunde: "k1", wann: "2026-01-02", was: "other" },
  ];
  const json = await readText(
    "mapped.ndjson",
    lines.map((line) => JSON.stringify(line)),
    { mapping },
  );
  expect(json.entries).toEqual(wanted);
});

test("without a mapping, columns are known by their usual names; numbers are numbers, and a postcode is none", async () => {
  const { entries } = await readText("usual.csv", [
    "user_id,timestamp,event,total,zip,vip",
    "7,2026-01-01,Order Completed,9.50,01234,true",
  ]);
  expect(entries[0]).toEqual([
    "7",
    expect.objectContaining({ properties: { total: 9.5, zip: "01234", vip: true } }),
  ]);
});

test("with `;` between the fields, numbers may have decimal commas; with commas there, they have none", async () => {
  const totals = async (lines: string[]): Promise<unknown[]> =>
    (await readText("commas.csv", lines)).entries.map(
      ([, entry]) => entry.type === "event" && entry.properties?.["total"],
    );
  const rows = ["12,50", "-3,5", "7", "1.5", "1,2,3", "01,5"];
  expect(
    await totals(["user_id;timestamp;event;total", ...rows.map((total) => `1;2026-01-01;X;${total}`)]),
  ).toEqual([12.5, -3.5, 7, 1.5, "1,2,3", "01,5"]);
  expect(await totals(["user_id,timestamp,event,total", '1,2026-01-01,X,"12,50"'])).toEqual(["12,50"]);
});

test("a first line that is broken is a bad row like another; an entry of nobody is one, too", async () => {
  const { entries, input } = await readText("broken.ndjson", [
    '{ "profile": "ada", "name": "X", "timest',
    '{ "profile": "ada", "name": "X", "timestamp": "2026-01-01" }',
    '{ "profile": "", "name": "X", "timestamp": "2026-01-01" }',
  ]);
  expect(entries).toHaveLength(1);
  expect(input.files).toEqual([{ name: "broken.ndjson", format: "ndjson" }]);
  expect(input.bad.samples.map(({ line, reason }) => [line, reason])).toEqual([
    [1, "is no JSON"],
    [3, "profile must be the id of the customer"],
  ]);
});

test.each([
  [
    "a row of another length",
    "user_id,timestamp,event\n1,2026-01-01\n2,2026-01-01,X\n",
    "has 2 fields, and the header 3",
  ],
  [
    "an instant that is none",
    "user_id,timestamp,event\n1,soon,X\n2,2026-01-01,X\n",
    'timestamp "soon" is no instant',
  ],
  ["nobody's row", "user_id,timestamp,event\n,2026-01-01,X\n2,2026-01-01,X\n", "no user_id: nobody's"],
])("%s is bad, and the next one is taken", async (_case, text, reason) => {
  const { entries, input } = await readFiles([folder.write("bad.csv", text)]);
  expect(input.bad).toEqual({ count: 1, samples: [{ file: "bad.csv", line: 2, reason }] });
  expect(entries).toHaveLength(1);
});
