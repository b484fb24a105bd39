import { describe, expect, test } from "vitest";
import { DAY, event, HOUR, isIn, profileFor, SECOND } from "./kit/entries.ts";

const AT = 10 * DAY;

describe("K3 K5 W2 W3 W6 the edges of a window", () => {
  test("W2 an event counts from its own instant", () => {
    const profile = profileFor({ count: "Product Viewed", within: "7d", gte: 1 });
    expect(profile.record(event("Product Viewed", AT))).toEqual([
      { segment: "s", change: "entered", at: AT },
    ]);
  });

  test("W2 an event is in one millisecond before timestamp + window, and out at exactly that", () => {
    const profile = profileFor({ count: "Product Viewed", within: "7d", gte: 1 });
    profile.record(event("Product Viewed", AT));
    expect(profile.advance(AT + 7 * DAY - 1)).toEqual([]);
    expect(isIn(profile)).toBe(true);
    expect(profile.advance(AT + 7 * DAY)).toEqual([{ segment: "s", change: "exited", at: AT + 7 * DAY }]);
  });

  test("W3 each event leaves the window by itself", () => {
    const profile = profileFor({ count: "Product Viewed", within: "10s", gte: 2 });
    for (const second of [0, 1, 2]) profile.record(event("Product Viewed", AT + second * SECOND));
    expect(profile.advance(AT + 11 * SECOND - 1)).toEqual([]);
    expect(profile.advance(AT + 11 * SECOND)).toEqual([
      { segment: "s", change: "exited", at: AT + 11 * SECOND },
    ]);
  });

  test("W3 C7 an event at the instant when another leaves takes its place without a gap", () => {
    const profile = profileFor({ count: "Product Viewed", within: "10s", gte: 1 });
    profile.record(event("Product Viewed", AT));
    expect(profile.record(event("Product Viewed", AT + 10 * SECOND))).toEqual([]);
    expect(isIn(profile)).toBe(true);
  });

  test("W3 an event one millisecond after another left enters anew", () => {
    const profile = profileFor({ count: "Product Viewed", within: "10s", gte: 1 });
    profile.record(event("Product Viewed", AT));
    expect(profile.record(event("Product Viewed", AT + 10 * SECOND + 1))).toEqual([
      { segment: "s", change: "exited", at: AT + 10 * SECOND },
      { segment: "s", change: "entered", at: AT + 10 * SECOND + 1 },
    ]);
  });

  test.for([
    ["gte", HOUR],
    ["gt", HOUR + 1],
  ] as const)("sinceLast %s 1h becomes true %d ms after the event", ([kind, ms]) => {
    const profile = profileFor({ sinceLast: "Product Added", [kind]: "1h" });
    profile.record(event("Product Added", AT));
    expect(profile.advance(AT + 2 * HOUR)).toEqual([{ segment: "s", change: "entered", at: AT + ms }]);
  });

  test.for([
    ["lt", HOUR],
    ["lte", HOUR + 1],
  ] as const)("sinceLast %s 1h becomes false %d ms after the event", ([kind, ms]) => {
    const profile = profileFor({ sinceLast: "Product Added", [kind]: "1h" });
    profile.record(event("Product Added", AT));
    expect(profile.advance(AT + 2 * HOUR)).toEqual([{ segment: "s", change: "exited", at: AT + ms }]);
  });

  test("K2 K5 sinceLast eq holds for one millisecond", () => {
    const profile = profileFor({ sinceLast: "Product Added", eq: "1h" });
    profile.record(event("Product Added", AT));
    expect(profile.advance(AT + DAY)).toEqual([
      { segment: "s", change: "entered", at: AT + HOUR },
      { segment: "s", change: "exited", at: AT + HOUR + 1 },
    ]);
  });

  test("K3 between holds at both of its ends", () => {
    const profile = profileFor({ sinceLast: "Product Added", between: ["1h", "2h"] });
    profile.record(event("Product Added", AT));
    expect(profile.advance(AT + DAY)).toEqual([
      { segment: "s", change: "entered", at: AT + HOUR },
      { segment: "s", change: "exited", at: AT + 2 * HOUR + 1 },
    ]);
  });

  test("W6 an event that is strictly before the last one of after does not count, and a later one does", () => {
    const profile = profileFor({ count: "Product Added", after: "Order Completed", gte: 1 });
    profile.record(event("Product Added", AT));
    expect(isIn(profile)).toBe(true);
    profile.record(event("Order Completed", AT + 1));
    expect(isIn(profile)).toBe(false);
    profile.record(event("Product Added", AT + 2));
    expect(isIn(profile)).toBe(true);
  });

  test("W6 E3 within one millisecond, after goes by the ids", () => {
    const profile = profileFor({ count: "Product Added", after: "Order Completed", gte: 1 });
    profile.record(event("Order Completed", AT, {}, "b"));
    profile.record(event("Product Added", AT, {}, "a"));
    expect(isIn(profile)).toBe(false);
    profile.record(event("Product Added", AT, {}, "c"));
    expect(isIn(profile)).toBe(true);
  });

  test("W6 E3 E4 within one millisecond, after goes by the ids also where it comes last", () => {
    const profile = profileFor({ count: "Product Added", after: "Order Completed", gte: 1 });
    profile.record(event("Product Added", AT, {}, "a"));
    profile.record(event("Product Added", AT, {}, "c"));
    profile.record(event("Order Completed", AT, {}, "b"));
    expect(isIn(profile)).toBe(true);
    profile.record(event("Order Completed", AT, {}, "d"));
    expect(isIn(profile)).toBe(false);
  });

  test("W6 an event that after takes as well is not after itself", () => {
    const profile = profileFor({ count: "Product Added", after: "Product Added", gte: 1 });
    profile.record(event("Product Added", AT));
    profile.record(event("Product Added", AT + 1));
    expect(isIn(profile)).toBe(false);
  });
});
