import { describe, expect, test } from "vitest";
import { compile, type Transition } from "../src/index.ts";
import { DAY, event, HOUR, profileFor } from "./kit/entries.ts";

const ABANDONED = {
  all: [
    { sinceLast: "Product Added", gte: "2h" },
    { sinceLast: "Product Added", lt: "7d" },
    { count: "Order Completed", after: "Product Added", eq: 0 },
  ],
} as const;

describe("C5 C6 C7 C8 C9 transitions", () => {
  test("C7 are none where an event comes at the very instant at which time would end what it goes on with", () => {
    const profile = profileFor({ sinceLast: "Page Viewed", lt: "10s" });
    profile.record(event("Page Viewed", 0));
    profile.record(event("Page Viewed", 5_000));
    expect(profile.record(event("Page Viewed", 15_000))).toEqual([]);
    expect(profile.advance(60_000)).toEqual([{ segment: "s", change: "exited", at: 25_000 }]);
  });

  test("C6 P1 come in order of their instant, then of the segment's id by code unit", () => {
    const inWindow = { count: "Page Viewed", within: "1s", gte: 1 } as const;
    const profile = compile({
      segments: {
        b: inWindow,
        é: { segment: "b" },
        Z: { any: [inWindow] },
        a: { count: "Page Viewed", within: "2s", gte: 1 },
        c: { not: { segment: "b" } },
      },
    }).profile();
    const order = (transitions: Transition[]): string[] =>
      transitions.map(({ segment, change, at }) => `${at} ${segment} ${change}`);
    expect(order(profile.record(event("Page Viewed", 0)))).toEqual([
      "0 Z entered",
      "0 a entered",
      "0 b entered",
      "0 é entered",
    ]);
    expect(order(profile.advance(5_000))).toEqual([
      "1000 Z exited",
      "1000 b exited",
      "1000 c entered",
      "1000 é exited",
      "2000 a exited",
    ]);
  });

  test("C5 of an idle month are those of one that was looked at all the time", () => {
    const [idle, watched] = [profileFor(ABANDONED), profileFor(ABANDONED)];
    idle.record(event("Product Added", 0));
    watched.record(event("Product Added", 0));
    const seen: Transition[] = [];
    for (let at = 0; at <= 30 * DAY; at += HOUR / 4) seen.push(...watched.advance(at));
    expect(idle.advance(30 * DAY)).toEqual([
      { segment: "s", change: "entered", at: 2 * HOUR },
      { segment: "s", change: "exited", at: 7 * DAY },
    ]);
    expect(seen).toEqual([
      { segment: "s", change: "entered", at: 2 * HOUR },
      { segment: "s", change: "exited", at: 7 * DAY },
    ]);
  });

  test("C8 are told ahead by nextChange", () => {
    const profile = profileFor(ABANDONED);
    profile.record(event("Product Added", 0));
    expect(profile.nextChange()).toBe(2 * HOUR);
    profile.advance(2 * HOUR);
    expect(profile.nextChange()).toBe(7 * DAY);
    profile.advance(7 * DAY);
    expect(profile.nextChange()).toBeUndefined();
  });

  test("C7 of an entry and of time in one millisecond are one change", () => {
    const profile = profileFor(ABANDONED);
    profile.record(event("Product Added", 0));
    expect(profile.record(event("Order Completed", 2 * HOUR))).toEqual([]);
  });

  test("C5 of an order that came an hour later than the cart was given up are an exit then", () => {
    const profile = profileFor(ABANDONED);
    profile.record(event("Product Added", 0));
    expect(profile.record(event("Order Completed", 3 * HOUR))).toEqual([
      { segment: "s", change: "entered", at: 2 * HOUR },
      { segment: "s", change: "exited", at: 3 * HOUR },
    ]);
  });

  test("C9 do not repeat what is so already", () => {
    const profile = profileFor({ count: "Page Viewed", gte: 1 });
    profile.record(event("Page Viewed", 0));
    expect(profile.record(event("Page Viewed", 1))).toEqual([]);
  });
});
