import { isDeepStrictEqual } from "node:util";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  abandoned,
  all,
  atLeast,
  count,
  define,
  measure,
  segment,
  sequence,
  sinceLast,
  sum,
  trait,
  trend,
} from "../../src/index.ts";
import {
  checkDefinition,
  compile,
  type Condition,
  type MeasureName,
  type SegmentId,
  type SlotName,
} from "../../src/index.ts";

const shop = define({
  segments: {
    "running-shoe-intent": count("Product Viewed", { category: "running-shoes" }).within("7d").gt(3),
    "cart-abandoner": abandoned("Product Added", { by: "Order Completed", for: "2h", upTo: "7d" }),
    "dormant-vip": {
      name: "Dormant VIP",
      when: all(trait({ tier: "vip" }), sinceLast(["Order Completed", "Signed In"]).gte("90d")),
      evaluate: "edge",
    },
    "slipping-account": trend(count("Feature Used")).every("7d").periods(2).lte(-0.2),
    "straight-buyer": sequence("Product Viewed", "Order Completed"),
    "big-spender": measure("spent").gte(500),
  },
  measures: { spent: sum("total").of("Order Completed").within("90d"), orders: count("Order Completed") },
  slots: {
    hero: {
      variants: [
        { id: "shoes", when: segment("running-shoe-intent"), content: { title: "Find your stride" } },
      ],
      fallback: { content: { title: "Welcome", tags: ["a", { b: [1, null] }] } },
    },
  },
  private: ["Search Typed"],
});

const wanted = {
  segments: {
    "running-shoe-intent": {
      count: { event: "Product Viewed", where: { category: "running-shoes" } },
      within: "7d",
      gt: 3,
    },
    "cart-abandoner": {
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
    "dormant-vip": {
      name: "Dormant VIP",
      when: {
        all: [
          { trait: { tier: "vip" } },
          { sinceLast: { event: ["Order Completed", "Signed In"] }, gte: "90d" },
        ],
      },
      evaluate: "edge",
    },
    "slipping-account": {
      trend: { count: "Feature Used" },
      every: "7d",
      periods: 2,
      change: { lte: -0.2 },
    },
    "straight-buyer": { sequence: ["Product Viewed", "Order Completed"] },
    "big-spender": { measure: "spent", gte: 500 },
  },
  measures: {
    spent: { sum: "total", of: "Order Completed", within: "90d" },
    orders: { count: "Order Completed" },
  },
  slots: {
    hero: {
      variants: [
        { id: "shoes", when: { segment: "running-shoe-intent" }, content: { title: "Find your stride" } },
      ],
      fallback: { content: { title: "Welcome", tags: ["a", { b: [1, null] }] } },
    },
  },
  private: ["Search Typed"],
};

describe("define", () => {
  test("B1 B12 makes plain JSON, prototypes and all", () => {
    expect(isDeepStrictEqual(shop, wanted)).toBe(true);
    expect(JSON.stringify(shop)).toBe(JSON.stringify(wanted));
  });

  test("B1 makes what compiles", () => {
    expect(checkDefinition(shop)).toEqual([]);
    const profile = compile(shop).profile();
    profile.record({ id: "1", name: "Order Completed", timestamp: 1, properties: { total: 700 } });
    expect(profile.segments()).toEqual(["big-spender"]);
  });

  test("B12 keeps nothing of what it was given", () => {
    const when = { all: [] as { segment: string }[] };
    const made = define({ segments: { a: when } });
    when.all.push({ segment: "b" });
    expect(made).toEqual({ segments: { a: { all: [] } } });
  });

  test("B1 is not needed: what builders make compiles as it is", () => {
    const built = { segments: { a: sequence("X", "Y") }, measures: { views: count("X") } };
    expect(checkDefinition(built)).toEqual([]);
    expect(compile(built).hash).toBe(compile(JSON.parse(JSON.stringify(built))).hash);
  });

  test("B1 refuses nothing: what is wrong, compile says", () => {
    const wrong: Condition = all(count("").gt(1), atLeast(-1), segment("nobody"));
    const made = define({ segments: { wrong } });
    expect(checkDefinition(made).map(({ path }) => path)).toEqual([
      "segments.wrong.all[0].count",
      "segments.wrong.all[1].atLeast",
      "segments.wrong.all[2].segment",
    ]);
  });

  // What the compiler is to refuse besides stands in builder.test-d.ts.
  test("B13 knows the names of the definition", () => {
    expectTypeOf<SegmentId<typeof shop>>().toEqualTypeOf<keyof typeof wanted.segments>();
    expectTypeOf<MeasureName<typeof shop>>().toEqualTypeOf<"spent" | "orders">();
    expectTypeOf<SlotName<typeof shop>>().toEqualTypeOf<"hero">();
    // @ts-expect-error: no such segment
    define({ segments: { a: segment("b") } });
    // @ts-expect-error: no such measure
    define({ segments: { a: measure("views").gt(3) } });
    // @ts-expect-error: not compared
    define({ segments: { a: count("X") } });
  });
});
