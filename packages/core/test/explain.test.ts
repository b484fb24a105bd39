import { describe, expect, test } from "vitest";
import { compile, type Condition } from "../src/index.ts";
import { DAY, event, HOUR } from "./kit/entries.ts";

const added = { sinceLast: "Product Added", gte: "2h" } as const;
const notOld = { sinceLast: "Product Added", lt: "7d" } as const;
const views = { count: "Product Viewed", within: "1d", gte: 2 } as const;

const program = compile({
  measures: { viewed: { count: "Product Viewed", within: "1d" } },
  segments: {
    abandoner: { when: { all: [added, notOld] }, name: "Abandoner" },
    browser: views,
    keen: { measure: "viewed", gt: 2 },
    calm: { not: { segment: "browser" } },
  },
});

describe("P9 P10 P11 P12 explain", () => {
  test("P9 P10 shows what was measured, what was wanted, and until when", () => {
    const profile = program.profile();
    profile.record(event("Product Added", 0));
    profile.advance(HOUR);
    expect(profile.explain("abandoner")).toEqual({
      condition: { all: [added, notOld] },
      result: false,
      until: 2 * HOUR,
      of: [
        { condition: added, result: false, until: 2 * HOUR, value: HOUR, wanted: { gte: "2h" } },
        { condition: notOld, result: true, until: 7 * DAY, value: HOUR, wanted: { lt: "7d" } },
      ],
    });
  });

  test("P9 leaves out the value of a measure that is missing", () => {
    const profile = program.profile();
    profile.advance(0);
    expect(profile.explain("abandoner")!.of![0]).toEqual({
      condition: added,
      result: false,
      wanted: { gte: "2h" },
    });
  });

  test("P9 looks into the segment that a condition names", () => {
    const profile = program.profile();
    profile.record(event("Product Viewed", 0));
    profile.record(event("Product Viewed", HOUR));
    const { result, until, of } = profile.explain("calm")!;
    expect({ result, until }).toEqual({ result: false, until: DAY });
    expect(of![0]!.condition).toEqual({ segment: "browser" });
    expect(of![0]!.of![0]!.condition).toEqual(views);
  });

  test("P8 P11 counts in full what a named measure asks for", () => {
    const profile = program.profile();
    for (let at = 0; at < 5; at++) profile.record(event("Product Viewed", at));
    expect(profile.explain("keen")).toMatchObject({ result: true, value: 5, wanted: { gt: 2 } });
    expect(profile.explain("browser")).not.toHaveProperty("atLeast");
  });

  test("P11 P8 says so where it kept no more than the comparison needs", () => {
    const profile = compile({ segments: { browser: views } }).profile();
    for (let at = 0; at < 5; at++) profile.record(event("Product Viewed", at));
    expect(profile.explain("browser")).toMatchObject({ result: true, value: 2, atLeast: true });
  });

  test("P10 gives no until where one condition takes over from another without a gap", () => {
    const under = { sinceLast: "Order Completed", lt: "1h" } as const;
    const over = { sinceLast: "Order Completed", gte: "1h" } as const;
    const profile = compile({ segments: { buyer: { any: [under, over] } } }).profile();
    profile.record(event("Order Completed", 0));
    expect(profile.explain("buyer")).not.toHaveProperty("until");
    expect(profile.explain("buyer")!.of!.map(({ until }) => until)).toEqual([HOUR, HOUR]);
  });

  test("P9 P10 explains what is made of very many parts in a moment", { timeout: 20_000 }, () => {
    const categories = Array.from({ length: 1_000 }, (_none, at) => `c${at}`);
    const rich = categories.map((category): [string, Condition] => [
      category,
      { sum: "total", of: { event: "Order Completed", where: { category } }, within: "7d", gte: 1e6 },
    ]);
    const any = categories.map((segment) => ({ segment }));
    const profile = compile({ segments: { ...Object.fromEntries(rich), some: { any } } }).profile();
    for (let at = 0; at < 10_000; at++)
      profile.record(event("Order Completed", at, { total: 5, category: categories[at % 1_000]! }));
    const { result, until, of } = profile.explain("some")!;
    expect({ result, until, parts: of!.length }).toEqual({ result: false, until: undefined, parts: 1_000 });
  });

  test("P12 does not change the profile", () => {
    const profile = program.profile();
    profile.record(event("Product Added", 0));
    const before = JSON.stringify(profile.snapshot());
    profile.explain("abandoner");
    expect(JSON.stringify(profile.snapshot())).toBe(before);
    expect(profile.advance(2 * HOUR)).toHaveLength(1);
  });

  test.for(["nobody", "__proto__", "constructor", ""])("P9 knows no segment %j", (id) => {
    expect(program.profile().explain(id)).toBeUndefined();
  });
});
