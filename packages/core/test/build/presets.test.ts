import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  browseAbandonment,
  cartAbandonment,
  categoryIntent,
  churnRisk,
  define,
  lifecycle,
  rfm,
} from "../../src/index.ts";
import { checkDefinition, compile, DefinitionError, type EventEntry } from "../../src/index.ts";
import { DAY, event, HOUR } from "../kit/entries.ts";
import { follow, segmentsAt } from "./follow.ts";
import { histories } from "./histories.ts";

const numRuns = Number(process.env["MURMUR_RUNS"] ?? 200);
const timeout = Math.max(20_000, numRuns * 100);

const PRESETS: readonly (readonly [string, object])[] = [
  ["lifecycle", lifecycle()],
  [
    "lifecycle with options",
    lifecycle({ order: ["Paid", "Order Completed"], activity: "Seen", loyalFrom: 3, prefix: "l." }),
  ],
  ["rfm", rfm()],
  ["rfm with options", rfm({ value: "revenue", order: { event: "Paid", where: { a: 1 } }, within: "52w" })],
  ["cartAbandonment", cartAbandonment()],
  ["browseAbandonment", browseAbandonment({ further: "Product Added" })],
  ["categoryIntent", categoryIntent(["running-shoes", "Tents & more", "__proto__"], { path: "brand.name" })],
  ["categoryIntent of none", categoryIntent([])],
  ["churnRisk", churnRisk()],
];

describe.for(PRESETS)("%s", ([, preset]) => {
  test("U1 has nothing wrong with it", () => {
    expect(checkDefinition(preset)).toEqual([]);
  });

  test("U1 is plain JSON", () => {
    expect(isDeepStrictEqual(JSON.parse(JSON.stringify(preset)), preset)).toBe(true);
  });
});

test("U1 presets stand in one definition together, and beside what is made by hand", () => {
  const [scores, intent] = [rfm(), categoryIntent(["tents"])];
  const together = define({
    segments: {
      ...lifecycle().segments,
      ...scores.segments,
      ...cartAbandonment().segments,
      ...browseAbandonment().segments,
      ...intent.segments,
      ...churnRisk().segments,
      vip: { all: [{ segment: "rfm-champion" }, { segment: "rfm-monetary-5" }] },
    },
    measures: { ...scores.measures, ...intent.measures },
  });
  expect(checkDefinition(together)).toEqual([]);
  expect(Object.keys(together.segments)).toHaveLength(6 + 26 + 3 + 1 + 1 + 4 + 1);
});

test.for<[string, () => unknown, string]>([
  [
    "lifecycle",
    () => lifecycle({ atRiskAfter: "200d" }),
    "lifecycle.dormantAfter: must be in ascending order, not 200d, 180d",
  ],
  ["lifecycle", () => lifecycle({ loyalFrom: 2 }), "lifecycle.loyalFrom: must be at least 3"],
  [
    "rfm",
    () => rfm({ frequency: [2, 3, 3, 1] }),
    "rfm.frequency: must be in ascending order, not 2, 3, 3, 1",
  ],
  ["rfm", () => rfm({ monetary: [Number.NaN, 2, 3, 4] }), "rfm.monetary"],
  ["rfm", () => rfm({ recency: ["30d", "2w", "60d", "90d"] }), "rfm.recency"],
  ["cartAbandonment", () => cartAbandonment({ for: "7d" }), "cartAbandonment.upTo"],
  ["browseAbandonment", () => browseAbandonment({ for: "8d" }), "browseAbandonment.upTo"],
  ["churnRisk", () => churnRisk({ silentAfter: "91d" }), "churnRisk.churnedAfter"],
  ["churnRisk", () => churnRisk({ silentAfter: "soon" as "1d" }), "churnRisk.churnedAfter"],
])("U3 %s refuses options that contradict each other", ([, make, message]) => {
  expect(make).toThrow(DefinitionError);
  expect(make).toThrow(message);
});

describe("cartAbandonment", () => {
  const added = event("Product Added", 0);

  test("U10 is exactly the contract's condition", () => {
    expect(cartAbandonment().segments["cart-abandoner"].when).toEqual({
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    });
  });

  test("U10 goes from active to abandoned to over", () => {
    const at = (now: number): string[] => segmentsAt(cartAbandonment(), [added], now);
    expect(at(2 * HOUR - 1)).toEqual(["cart-active"]);
    expect(at(2 * HOUR)).toEqual(["cart-abandoner"]);
    expect(at(7 * DAY - 1)).toEqual(["cart-abandoner"]);
    expect(at(7 * DAY)).toEqual([]);
  });

  test("U10 ends with an order, and knows a checkout that was begun", () => {
    const started = event("Checkout Started", 1);
    expect(segmentsAt(cartAbandonment(), [added, event("Order Completed", 1)], DAY)).toEqual([]);
    expect(segmentsAt(cartAbandonment(), [added, started], DAY)).toEqual([
      "cart-abandoner",
      "cart-checkout-abandoner",
    ]);
  });
});

describe("browseAbandonment", () => {
  const views = [event("Product Viewed", 0), event("Product Viewed", 1)];

  test("U11 takes two views and two hours, as long as both views are in the window", () => {
    const at = (now: number): string[] => segmentsAt(browseAbandonment(), views, now);
    expect(at(2 * HOUR)).toEqual([]);
    expect(at(2 * HOUR + 1)).toEqual(["browse-abandoner"]);
    expect(at(7 * DAY)).toEqual([]);
    expect(segmentsAt(browseAbandonment(), views.slice(1), DAY)).toEqual([]);
  });

  test("U12 never holds together with an abandoned cart or checkout", { timeout }, () => {
    const names = [
      "Product Viewed",
      "Product Viewed",
      "Product Added",
      "Checkout Started",
      "Order Completed",
    ];
    const both = { segments: { ...browseAbandonment().segments, ...cartAbandonment().segments } };
    fc.assert(
      fc.property(histories(names, 7 * DAY), (history) => {
        follow(both, history, (profile) => {
          const ids = profile.segments();
          if (ids.includes("browse-abandoner")) expect(ids).toEqual(["browse-abandoner"]);
          expect(ids.includes("cart-active") && ids.includes("cart-abandoner")).toBe(false);
        });
      }),
      { numRuns },
    );
  });
});

describe("categoryIntent", () => {
  const preset = categoryIntent(["tents", "shoes"]);
  const viewed = [1, 2, 3, 4].map((at) => event("Product Viewed", at, { category: "tents" }));

  test("U13 comes of four views, or of one product in the cart", () => {
    expect(segmentsAt(preset, viewed.slice(1), 5)).toEqual([]);
    expect(segmentsAt(preset, viewed, 5)).toEqual(["intent-tents"]);
    expect(segmentsAt(preset, viewed, 7 * DAY + 1)).toEqual([]);
    expect(segmentsAt(preset, [event("Product Added", 1, { category: "shoes" })], 5)).toEqual([
      "intent-shoes",
    ]);
  });

  test("U13 ends with an order of that category alone", () => {
    const order = (category: string): EventEntry =>
      event("Order Completed", 5, { products: [{ category: "hats" }, { category }] });
    expect(segmentsAt(preset, [...viewed, order("shoes")], 6)).toEqual(["intent-tents"]);
    expect(segmentsAt(preset, [...viewed, order("tents")], 6)).toEqual([]);
  });

  test("U13 measures the favorite", () => {
    const profile = compile(preset).profile();
    for (const entry of viewed) profile.record(entry);
    expect(profile.measure("intent-favorite-category")).toBe("tents");
  });
});

describe("churnRisk", () => {
  /** So many events on each of these days. */
  const used = (counts: readonly (readonly [day: number, count: number])[]): EventEntry[] =>
    counts.flatMap(([day, count]) =>
      Array.from({ length: count }, (_none, at) => event("Page Viewed", day * DAY + at)),
    );

  test("U14 tells who slips while still there", () => {
    const falling = used([
      [1, 10],
      [15, 7],
      [29, 4],
    ]);
    expect(segmentsAt(churnRisk(), falling, 42 * DAY)).toEqual(["churn-risk", "churn-slipping"]);
    const steady = used([
      [1, 10],
      [15, 7],
      [29, 6],
    ]);
    expect(segmentsAt(churnRisk(), steady, 42 * DAY)).toEqual([]);
  });

  test("U14 tells who has gone silent, then who is gone", () => {
    const five = used([[0, 5]]);
    const last = 4;
    expect(segmentsAt(churnRisk(), five, 30 * DAY + last - 1)).toEqual([]);
    expect(segmentsAt(churnRisk(), five, 30 * DAY + last)).toEqual(["churn-risk", "churn-silent"]);
    expect(segmentsAt(churnRisk(), five, 90 * DAY + last)).toEqual(["churn-churned"]);
    expect(segmentsAt(churnRisk(), used([[0, 4]]), 40 * DAY)).toEqual([]);
  });

  test("U15 never has anybody both at risk and gone; risk is slipping or silent", { timeout }, () => {
    const names = ["Page Viewed", "Order Completed"];
    fc.assert(
      fc.property(fc.oneof(histories(names), histories(names, 14 * DAY)), (history) => {
        follow(churnRisk(), history, (profile) => {
          const ids = new Set(profile.segments());
          expect(ids.has("churn-risk")).toBe(ids.has("churn-slipping") || ids.has("churn-silent"));
          expect(ids.has("churn-risk") && ids.has("churn-churned")).toBe(false);
        });
      }),
      { numRuns },
    );
  });
});
