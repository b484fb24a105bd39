import type { Condition } from "@murmur/core";
import { expect, test } from "vitest";
import { filterWords } from "../../src/debug/filter-words.ts";
import { ago, countdown, durationWords, span, timeOf } from "../../src/debug/time-words.ts";
import { sentence, titleOf } from "../../src/debug/words.ts";

const SENTENCES: readonly [Condition, string][] = [
  [
    {
      count: { event: "Product Viewed", where: { category: "running-shoes" } },
      within: "7d",
      gt: 3,
    },
    "More than 3 × Product Viewed where category = running-shoes in the last 7 days",
  ],
  [
    {
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
    "At least 2 hours since the last Product Added and less than 7 days since the last Product Added and no Order Completed since the last Product Added",
  ],
  [{ sum: "total", of: "A", gte: 200 }, "Sum of total of A is at least 200"],
  [
    { avg: "price", of: "X", within: "session", between: [1, 3] },
    "Average price of X in this session is 1 to 3",
  ],
  [{ favorite: "category", of: "X", in: ["a", "b"] }, "Most frequent category of X is one of a, b"],
  [{ sinceFirst: "Page Viewed", gte: "1d" }, "At least 1 day since the first Page Viewed"],
  [{ measure: "orderValue", gt: 5 }, "Measure Order value is more than 5"],
  [{ not: { segment: "cart-abandoner" } }, "Not in segment Cart abandoner"],
  [
    { any: [{ trait: { tier: "vip" } }, { all: [{ segment: "a" }, { context: { device: "mobile" } }] }] },
    "Traits: tier = vip or (in segment A and this visit: device = mobile)",
  ],
  [{ atLeast: 2, of: [{ segment: "a" }, { segment: "b" }] }, "At least 2 of (in segment A; in segment B)"],
  [{ all: [] }, "Always"],
  [{ any: [] }, "Never"],
  [
    { sequence: ["A", { event: ["B", "C"] }], span: "1h", without: "D", within: "7d" },
    "A, then B or C, all within 1 hour, without D in between, begun in the last 7 days",
  ],
  [
    { trend: { count: "Feature Used" }, every: "7d", periods: 2, change: { lte: -0.2 } },
    "Feature Used per 7 days, changing by −20 % or less, 2 in a row",
  ],
];

test.for(SENTENCES)("%j is a sentence", ([condition, said]) => {
  expect(sentence(condition)).toBe(said);
});

test("a named measure of time is held against time", () => {
  const measures = { quiet: { sinceLast: "Order Completed" } };
  expect(sentence({ measure: "quiet", gte: "90d" }, measures)).toBe("Measure Quiet is at least 90 days");
});

test("every operator of a filter has words", () => {
  expect(filterWords({ price: { $gt: 20, $lte: 50 }, brand: { $in: ["a", "b"] } })).toBe(
    "price > 20 and price ≤ 50 and brand is one of a, b",
  );
  expect(filterWords({ $or: [{ a: 1 }, { b: { $exists: false } }], $not: { c: { $ne: null } } })).toBe(
    "(a = 1 or b is missing) and not (c ≠ null)",
  );
  expect(
    filterWords({
      tags: { $all: ["x", "y"], $size: 2 },
      lines: { $elemMatch: { sku: "s" } },
      n: { $nin: [1] },
    }),
  ).toBe("tags has all of x, y and tags has a length of 2 and lines has one with sku = s and n is none of 1");
  expect(filterWords({ name: { $not: { $regex: "^a" } }, sizes: { $elemMatch: { $gte: 40 } } })).toBe(
    "not (name matches ^a) and sizes has one with it ≥ 40",
  );
});

test("an id is a title", () => {
  expect(["running-shoe-intent", "topCategory", "rfm_champion", "ÄÖ", "-"].map(titleOf)).toEqual([
    "Running shoe intent",
    "Top category",
    "Rfm champion",
    "ÄÖ",
    "-",
  ]);
});

test("lengths of time are said in two units, and what is left is never said to be less than it is", () => {
  expect([0, 999, 59_000, 249_000, 4_320_000, 6.99 * 864e5, 900 * 864e5].map(span)).toEqual([
    "0 s",
    "0 s",
    "59 s",
    "4 min 09 s",
    "1 h 12 min",
    "6 d 23 h",
    "2 years",
  ]);
  expect([1, 1_000, 1_001, 0, -5].map(countdown)).toEqual(["in 1 s", "in 1 s", "in 2 s", "now", "now"]);
  expect([0, 5_000].map(ago)).toEqual(["just now", "5 s ago"]);
  expect(["1d", "90s", "500ms", 60_000, "soon"].map(durationWords)).toEqual([
    "1 day",
    "90 seconds",
    "500 milliseconds",
    "1 min 00 s",
    "soon",
  ]);
});

test("a time is the day's, and another day's says so", () => {
  const noon = new Date(2026, 10, 22, 12, 5, 9).getTime();
  expect(timeOf(noon, noon + 1)).toBe("12:05:09");
  expect(timeOf(noon, noon + 864e5)).toBe("Sun 22 Nov 12:05");
});
