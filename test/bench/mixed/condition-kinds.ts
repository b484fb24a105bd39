import type { Condition, OwnMeasure, Selector } from "@murmur/core";
import type { Kinds } from "./measure-kinds.ts";
import { CATEGORIES } from "./shop.ts";

export const NAMED_MEASURES: Readonly<Record<string, OwnMeasure>> = {
  "views of the week": { count: "Product Viewed", within: "7d" },
  spent: { sum: "total", of: "Order Completed" },
  "favorite of the week": { favorite: "category", of: "Product Viewed", within: "7d" },
};

const viewed = (category: string): Selector => ({ event: "Product Viewed", where: { category } });
const added = (category: string): Selector => ({ event: "Product Added", where: { category } });
const often = (at: number): Condition => ({ count: viewed(CATEGORIES[at]!), within: "7d", gt: 3 + at });
const lately = (at: number): Condition => ({ sinceLast: added(CATEGORIES[at]!), lt: "1d" });

/** Every condition but those that compare a measure. Each kind stands by itself: what a `segment` names is beside it. */
export const CONDITION_KINDS: Kinds = {
  measure: [
    { measure: "views of the week", gt: 20 },
    { measure: "spent", gte: 500 },
    { measure: "favorite of the week", in: CATEGORIES.slice(0, 3) },
  ],
  sequence: [
    { sequence: [viewed(CATEGORIES[0]), added(CATEGORIES[0]), "Order Completed"] },
    { sequence: ["Email Opened", "Product Added", "Order Completed", "Email Opened"] },
  ],
  "sequence, span": [
    { sequence: [viewed(CATEGORIES[1]), added(CATEGORIES[1]), "Order Completed"], span: "30m" },
    { sequence: ["Email Opened", viewed(CATEGORIES[2]), viewed(CATEGORIES[3])], span: "1d" },
  ],
  "sequence, without": [
    { sequence: [viewed(CATEGORIES[4]), added(CATEGORIES[4]), "Email Opened"], without: "Order Completed" },
    { sequence: ["Product Added", "Page Viewed", "Order Completed"], without: "Product Removed" },
  ],
  "sequence, within": [
    { sequence: ["Email Opened", "Product Viewed", "Product Added"], within: "12h" },
    {
      sequence: [viewed(CATEGORIES[5]), added(CATEGORIES[5]), "Order Completed"],
      within: "2d",
      span: "6h",
      without: "Product Removed",
    },
  ],
  "trend of a count": [
    { trend: { count: "Product Viewed" }, every: "1d", periods: 1, change: { lte: -0.2 } },
    { trend: { count: "Product Added" }, every: "12h", periods: 2, change: { gte: 0.1 } },
    { trend: { count: viewed(CATEGORIES[0]) }, every: "3d", periods: 3, change: { lte: 0 } },
  ],
  "trend of a sum": [
    { trend: { sum: "total", of: "Order Completed" }, every: "1d", periods: 1, change: { lte: -0.2 } },
    { trend: { sum: "price", of: "Product Added" }, every: "12h", periods: 2, change: { gte: 0.1 } },
    { trend: { sum: "price", of: "Product Viewed" }, every: "3d", periods: 2, change: { gte: 0 } },
  ],
  trait: [
    { trait: { tier: "vip" } },
    { trait: { newsletter: true, tier: { $ne: "basic" } } },
    { trait: { brands: { $elemMatch: { $startsWith: "N" } } } },
  ],
  segment: [often(0), { segment: "segment 0" }, { all: [{ segment: "segment 1" }, lately(0)] }],
  all: [1, 2, 3].map((at) => ({ all: [often(at), lately(at)] })),
  any: [4, 5, 6].map((at) => ({ any: [often(at), lately(at)] })),
  not: [7, 8, 9].map((at) => ({ not: { any: [often(at), lately(at)] } })),
  atLeast: [0, 3, 6].map((at) => ({
    atLeast: 2,
    of: [often(at), lately(at), often(at + 1), lately(at + 1)],
  })),
};
