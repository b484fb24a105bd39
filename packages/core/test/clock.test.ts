import { describe, expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { event, identify, isIn, profileFor } from "./kit/entries.ts";

const NOBODY = { not: { count: "Order Completed", gte: 1 } } as const;

describe("C1 C2 C3 C4 M11 the clock", () => {
  test("C1 is not there in a fresh profile, which is in no segment", () => {
    const profile = profileFor(NOBODY);
    expect(profile.clock).toBeUndefined();
    expect(profile.segments()).toEqual([]);
    expect(profile.nextChange()).toBeUndefined();
  });

  test("C2 starts with the first event", () => {
    const profile = profileFor(NOBODY);
    profile.record(event("Page Viewed", 500));
    expect(profile.clock).toBe(500);
  });

  test("C2 starts with the first identify call", () => {
    const profile = profileFor(NOBODY);
    profile.identify(identify(500, {}));
    expect(profile.clock).toBe(500);
  });

  test("C2 starts with the first advance, at which what is true of nobody-yet is entered", () => {
    const profile = profileFor(NOBODY);
    expect(profile.advance(500)).toEqual([{ segment: "s", change: "entered", at: 500 }]);
    expect(profile.advance(501)).toEqual([]);
  });

  test("C2 E1 may start before 1970", () => {
    const profile = profileFor({ count: "Page Viewed", within: "1s", gte: 1 });
    expect(profile.record(event("Page Viewed", -5_000))).toEqual([
      { segment: "s", change: "entered", at: -5_000 },
    ]);
    expect(profile.advance(0)).toEqual([{ segment: "s", change: "exited", at: -4_000 }]);
  });

  test("C2 what the first event makes untrue of nobody-yet is never entered", () => {
    const profile = profileFor(NOBODY);
    expect(profile.record(event("Order Completed", 500))).toEqual([]);
    expect(isIn(profile)).toBe(false);
  });

  test("C3 never goes back", () => {
    const profile = profileFor(NOBODY);
    profile.advance(500);
    expect(profile.advance(499)).toEqual([]);
    expect(profile.advance(500)).toEqual([]);
    profile.record(event("Page Viewed", 100));
    profile.identify(identify(200, {}));
    expect(profile.clock).toBe(500);
  });

  test("C4 is moved on by an event that is later, with all that time does until then", () => {
    const profile = profileFor({ count: "Page Viewed", within: "1s", gte: 1 });
    profile.record(event("Page Viewed", 500));
    expect(profile.record(event("Order Completed", 9_000))).toEqual([
      { segment: "s", change: "exited", at: 1_500 },
    ]);
    expect(profile.clock).toBe(9_000);
  });

  test("M10 M11 is where a measure is taken", () => {
    const profile = compile({ segments: {}, measures: { idle: { sinceLast: "Page Viewed" } } }).profile();
    expect(profile.measure("idle")).toBeUndefined();
    profile.record(event("Page Viewed", 500));
    expect(profile.measure("idle")).toBe(0);
    profile.advance(700);
    expect(profile.measure("idle")).toBe(200);
    expect(profile.measure("toString")).toBeUndefined();
    expect(compile({ segments: {} }).profile().measure("idle")).toBeUndefined();
  });
});
