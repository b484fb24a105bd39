import { describe, expect, test } from "vitest";
import type { Condition, OwnMeasure } from "../../src/index.ts";
import { lint } from "../../src/lint/lint.ts";

const measures: Record<string, OwnMeasure> = { idle: { sinceLast: "x" }, views: { count: "x" } };

function traps(when: Condition): string[] {
  return lint({ segments: { s: when, other: { measure: "idle", gt: "1d" } }, measures })
    .filter(({ code }) => code === "negation-trap")
    .map(({ path, message }) => `${path}: ${message}`);
}

const IDLE: Condition = { sinceLast: "x", gte: "90d" };

describe("a not over a measure that may be missing", () => {
  test("H3 names the opposite that is meant", () => {
    const [found, ...others] = traps({ not: IDLE });
    expect(found).toContain("segments.s.not: ");
    expect(found).toContain("sinceLast is missing");
    expect(found).toContain("lt in place of gte");
    expect(others).toEqual([]);
    expect(traps({ not: { sinceLast: "x", between: ["1d", "2d"] } })[0]).toContain("beside it under all");
  });

  test.for<[string, Condition]>([
    ["straight", { not: IDLE }],
    ["further down", { not: { any: [{ all: [IDLE] }] } }],
    ["by a name", { not: { measure: "idle", gt: "1d" } }],
    ["of a value", { not: { favorite: "category", of: "x", eq: "shoes" } }],
    ["of a mean", { not: { avg: "price", of: "x", gt: 5 } }],
    ["beside a count of other events", { all: [{ count: "y", gte: 1 }, { not: IDLE }] }],
    ["beside a count that may be none", { all: [{ count: "x", gte: 0 }, { not: IDLE }] }],
    [
      "beside events that may lack the value",
      { all: [{ count: "x", gte: 1 }, { not: { avg: "p", of: "x", gt: 5 } }] },
    ],
    ["beside it under any", { any: [{ count: "x", gte: 1 }, { not: IDLE }] }],
  ])("H3 H4 is found %s", ([, when]) => expect(traps(when)).toHaveLength(1));

  test.for<[string, Condition]>([
    ["without a not", IDLE],
    ["under two", { not: { not: IDLE } }],
    ["over a count", { not: { count: "x", gt: 3 } }],
    ["over a sum", { not: { sum: "price", of: "x", gt: 3 } }],
    ["over a named count", { not: { measure: "views", gt: 3 } }],
    ["over a trait", { not: { trait: { tier: "vip" } } }],
    ["beside a count of those events", { all: [{ count: "x", gte: 1 }, { not: IDLE }] }],
    ["beside a count that is not none", { all: [{ count: "x", ne: 0 }, { not: IDLE }] }],
    ["beside the not of none", { all: [{ not: { count: "x", eq: 0 } }, { not: IDLE }] }],
    ["beside a count of the latest", { all: [{ count: "x", within: "90d", gt: 0 }, { not: IDLE }] }],
    ["beside the same measure", { all: [{ all: [{ sinceLast: "x", gt: "1d" }] }, { any: [{ not: IDLE }] }] }],
  ])("H3 H4 is not found %s", ([, when]) => expect(traps(when)).toEqual([]));

  test("H2 H3 is found in a slot's variants too", () => {
    const slots = { hero: { variants: [{ id: "v", when: { not: IDLE }, content: {} }] } };
    expect(lint({ segments: {}, slots }).map(({ path }) => path)).toEqual([
      "slots.hero.variants[0].when.not",
    ]);
  });
});
