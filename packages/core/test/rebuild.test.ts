import { describe, expect, test } from "vitest";
import { compile, membershipChanges, rebuild } from "../src/index.ts";
import { event } from "./kit/entries.ts";

const program = compile({
  segments: {
    browser: { count: "Product Viewed", gte: 2 },
    recent: { sinceLast: "Product Viewed", lt: "10s" },
    new: { not: { count: "Order Completed", gte: 1 } },
  },
});
const LOG = [event("Product Viewed", 3_000), event("Product Viewed", 1_000)];

describe("a profile that is made anew from its log", () => {
  test("yields what differs from before, at its clock, in order of segment id", () => {
    const { profile, transitions } = rebuild(program, LOG, 20_000, ["recent", "gone"]);
    expect(profile.clock).toBe(20_000);
    expect(profile.segments()).toEqual(["browser", "new"]);
    expect(transitions).toEqual([
      { segment: "browser", change: "entered", at: 20_000 },
      { segment: "gone", change: "exited", at: 20_000 },
      { segment: "new", change: "entered", at: 20_000 },
      { segment: "recent", change: "exited", at: 20_000 },
    ]);
  });

  test("yields nothing where nothing differs", () => {
    expect(rebuild(program, LOG, 20_000, ["browser", "new"]).transitions).toEqual([]);
  });

  test("is what nobody-yet is, of an empty log", () => {
    const { profile, transitions } = rebuild(program, [], 5, []);
    expect(profile.segments()).toEqual(["new"]);
    expect(transitions).toEqual([{ segment: "new", change: "entered", at: 5 }]);
  });

  test("changes by what is missing on either side", () => {
    expect(membershipChanges(["a", "b"], ["b", "c"], 1)).toEqual([
      { segment: "a", change: "exited", at: 1 },
      { segment: "c", change: "entered", at: 1 },
    ]);
    expect(membershipChanges(["a"], ["a"], 1)).toEqual([]);
  });
});
