import type { Comparison, Condition, Measure, Narrowing, Selector } from "@murmur/core";
import { NARROWINGS } from "./narrowings.ts";
import { BRANDS, CATEGORIES } from "./shop.ts";

/** Conditions of one kind, each a segment of the mixed definition. */
export type Kinds = Readonly<Record<string, readonly Condition[]>>;

/** A measure over a selector, and the comparisons that make segments of it: what few reach, some, and most. */
interface Form {
  over(selector: Selector): Measure;
  comparisons: readonly Comparison[];
}

const OF_PRICES: readonly Comparison[] = [{ gt: 60 }, { between: [70, 110] }, { lte: 90 }];
const OF_BRANDS: readonly Comparison[] = [{ eq: BRANDS[0] }, { in: BRANDS.slice(1, 4) }, { ne: BRANDS[5] }];

const FORMS: Readonly<Record<string, Form>> = {
  count: { over: (count) => ({ count }), comparisons: [{ gte: 2 }, { gt: 8 }, { between: [3, 40] }] },
  sum: {
    over: (of) => ({ sum: "price", of }),
    comparisons: [{ gt: 100 }, { gte: 1_000 }, { between: [200, 4_000] }],
  },
  avg: { over: (of) => ({ avg: "price", of }), comparisons: OF_PRICES },
  min: {
    over: (of) => ({ min: "price", of }),
    comparisons: [{ lt: 60 }, { lte: 10 }, { between: [15, 40] }],
  },
  max: {
    over: (of) => ({ max: "price", of }),
    comparisons: [{ gt: 60 }, { gte: 150 }, { between: [90, 170] }],
  },
  distinct: {
    over: (of) => ({ distinct: "product_id", of }),
    comparisons: [{ gte: 2 }, { gt: 6 }, { between: [3, 20] }],
  },
  favorite: { over: (of) => ({ favorite: "brand", of }), comparisons: OF_BRANDS },
  first: { over: (of) => ({ first: "brand", of }), comparisons: OF_BRANDS },
  last: { over: (of) => ({ last: "brand", of }), comparisons: OF_BRANDS },
  sinceLast: {
    over: (sinceLast) => ({ sinceLast }),
    comparisons: [{ gte: "4m" }, { lt: "8h" }, { between: ["2m", "1d"] }],
  },
  sinceFirst: {
    over: (sinceFirst) => ({ sinceFirst }),
    comparisons: [{ gte: "4m" }, { lt: "8h" }, { between: ["2m", "3d"] }],
  },
};

/** What is read: one category's views, several events of another, and what a filter picks out. */
const SELECTORS: readonly Selector[] = [
  { event: "Product Viewed", where: { category: CATEGORIES[0] } },
  { event: ["Product Viewed", "Product Added"], where: { category: { $in: CATEGORIES.slice(1, 3) } } },
  { event: "Product Added", where: { price: { $gte: 10 }, product_id: { $regex: "^(socks|tents|maps)-" } } },
];

export const MEASURES = Object.keys(FORMS);

/** What a kind of measure is called under a narrowing. */
export function measureKind(measure: string, narrowing: string): string {
  return `${measure}, ${narrowing}`;
}

/** Every measure under every narrowing. */
export function measureKinds(): Kinds {
  const kinds: Record<string, Condition[]> = {};
  for (const [measure, form] of Object.entries(FORMS)) {
    for (const [narrowing, keys] of Object.entries(NARROWINGS)) {
      kinds[measureKind(measure, narrowing)] = form.comparisons.map((comparison, at) =>
        condition(form.over(SELECTORS[at]!), keys, comparison),
      );
    }
  }
  return kinds;
}

function condition(measure: Measure, narrowing: Narrowing, comparison: Comparison): Condition {
  return { ...measure, ...narrowing, ...comparison };
}
