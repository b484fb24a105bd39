import { describe, expect, test } from "vitest";
import { compile, type OwnMeasure } from "../src/index.ts";
import { DAY, event, isIn, profileFor, SECOND } from "./kit/entries.ts";

const AT = 10 * DAY;

describe("E6 W8 a late event", () => {
  test("E6 takes its place, and what comes of it is at the clock", () => {
    const profile = profileFor({ count: "Product Viewed", within: "7d", gte: 1 });
    profile.advance(AT);
    expect(profile.record(event("Product Viewed", AT - DAY))).toEqual([
      { segment: "s", change: "entered", at: AT },
    ]);
    expect(profile.clock).toBe(AT);
    expect(profile.nextChange()).toBe(AT + 6 * DAY);
  });

  test("W8 that is out of the window already changes nothing", () => {
    const profile = profileFor({ count: "Product Viewed", within: "7d", gte: 1 });
    profile.advance(AT);
    expect(profile.record(event("Product Viewed", AT - 7 * DAY))).toEqual([]);
    expect(profile.nextChange()).toBeUndefined();
  });

  test("W8 one millisecond inside the window is in for that millisecond", () => {
    const profile = profileFor({ count: "Product Viewed", within: "7d", gte: 1 });
    profile.advance(AT);
    profile.record(event("Product Viewed", AT - 7 * DAY + 1));
    expect(isIn(profile)).toBe(true);
    expect(profile.advance(AT + 1)).toEqual([{ segment: "s", change: "exited", at: AT + 1 }]);
  });

  test("W8 W3 in the middle of a window is out before those that came earlier by the clock", () => {
    const profile = profileFor({ count: "Product Viewed", within: "10s", gte: 2 });
    profile.record(event("Product Viewed", AT));
    profile.record(event("Product Viewed", AT + 6 * SECOND));
    profile.record(event("Product Viewed", AT + 3 * SECOND));
    expect(profile.advance(AT + 20 * SECOND)).toEqual([
      { segment: "s", change: "exited", at: AT + 13 * SECOND },
    ]);
  });

  test("M10 E6 does not become the last one", () => {
    const profile = profileFor({ sinceLast: "Order Completed", lt: "10s" });
    profile.record(event("Order Completed", AT));
    profile.record(event("Order Completed", AT - 5 * SECOND));
    expect(profile.nextChange()).toBe(AT + 10 * SECOND);
  });

  test("M10 E6 becomes the first one", () => {
    const profile = profileFor({ sinceFirst: "Product Viewed", gte: "10s" });
    profile.record(event("Product Viewed", AT));
    expect(profile.record(event("Product Viewed", AT - 10 * SECOND))).toEqual([
      { segment: "s", change: "entered", at: AT },
    ]);
  });

  test("W6 W8 of after puts out what is not after it", () => {
    const profile = profileFor({ count: "Product Added", after: "Order Completed", gte: 1 });
    profile.record(event("Product Added", AT));
    profile.advance(AT + 5);
    expect(profile.record(event("Order Completed", AT + 1))).toEqual([
      { segment: "s", change: "exited", at: AT + 5 },
    ]);
  });

  test("W6 W8 of after that is older than another changes nothing", () => {
    const profile = profileFor({ count: "Product Added", after: "Order Completed", gte: 1 });
    profile.record(event("Order Completed", AT));
    profile.record(event("Product Added", AT + 1));
    expect(profile.record(event("Order Completed", AT - 1))).toEqual([]);
    expect(isIn(profile)).toBe(true);
  });

  test("W6 W8 of after that is older than another puts out no less than that one", () => {
    const profile = profileFor({ count: "Product Added", after: "Order Completed", gte: 1 });
    profile.record(event("Order Completed", AT));
    profile.record(event("Order Completed", AT - 5));
    expect(profile.record(event("Product Added", AT - 2))).toEqual([]);
    expect(isIn(profile)).toBe(false);
  });

  test.for<OwnMeasure>([
    { count: "X" },
    { sum: "x", of: "X" },
    { avg: "x", of: "X" },
    { min: "x", of: "X" },
    { max: "x", of: "X" },
    { distinct: "x", of: "X" },
    { favorite: "x", of: "X" },
    { first: "x", of: "X" },
    { last: "x", of: "X" },
    { sinceLast: "X" },
    { sinceFirst: "X" },
  ])("P3 takes in what is late without a replay: %j", (measure) => {
    for (const narrowing of [{}, { within: "1d" }, { after: "Y" }, { within: "1d", after: "Y" }] as const) {
      const profile = compile({ segments: {}, measures: { m: { ...measure, ...narrowing } } }).profile();
      for (const [at, x] of [3, "a", 3, null, -1, 5].entries()) {
        for (const late of [0, 100]) {
          profile.record(event("X", AT + at - late, { x }));
          profile.record(event("Y", AT + at - 2 * late));
        }
        expect(profile.needsReplay).toBe(false);
      }
    }
  });

  test("P3 never asks for a replay where counts and distances take it in as it is", () => {
    const profile = profileFor({ count: "Product Added", within: "7d", after: "Order Completed", gte: 1 });
    profile.advance(AT);
    profile.record(event("Product Added", AT - 2));
    profile.record(event("Order Completed", AT - 1));
    expect(profile.needsReplay).toBe(false);
  });
});
