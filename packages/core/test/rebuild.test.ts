import { describe, expect, test } from "vitest";
import { catchUp, compile, membershipChanges, rebuild } from "../src/index.ts";
import { event } from "./kit/entries.ts";

const program = compile({
  segments: {
    browser: { count: "Product Viewed", gte: 2 },
    recent: { sinceLast: "Product Viewed", lt: "10s" },
    new: { not: { count: "Order Completed", gte: 1 } },
  },
});
const LOG = [event("Product Viewed", 3_000), event("Product Viewed", 1_000)];

describe("P13 C10 a profile that is made anew from its log", () => {
  test("yields what differs from before: at its clock, or at the instant when time brought it about", () => {
    const { profile, transitions } = rebuild(program, LOG, 20_000, ["recent", "gone"]);
    expect(profile.clock).toBe(20_000);
    expect(profile.segments()).toEqual(["browser", "new"]);
    expect(transitions).toEqual([
      { segment: "recent", change: "exited", at: 13_000 },
      { segment: "browser", change: "entered", at: 20_000 },
      { segment: "gone", change: "exited", at: 20_000 },
      { segment: "new", change: "entered", at: 20_000 },
    ]);
  });

  test("yields nothing where nothing differs", () => {
    expect(rebuild(program, LOG, 20_000, ["browser", "new"]).transitions).toEqual([]);
  });

  test("is in no segment when the log is empty, and leaves what it was in", () => {
    const { profile, transitions } = rebuild(program, [], 5, ["new"]);
    expect(profile.clock).toBeUndefined();
    expect(profile.segments()).toEqual([]);
    expect(transitions).toEqual([{ segment: "new", change: "exited", at: 5 }]);
  });

  test("C10 catches up with the present once it has begun", () => {
    const profile = program.profile();
    expect(catchUp(profile, 5)).toEqual([]);
    expect(profile.clock).toBeUndefined();
    profile.record(event("Product Viewed", 1_000));
    expect(catchUp(profile, 20_000)).toEqual([{ segment: "recent", change: "exited", at: 11_000 }]);
  });

  test("changes by what is missing on either side", () => {
    expect(membershipChanges(["a", "b"], ["b", "c"], 1)).toEqual([
      { segment: "a", change: "exited", at: 1 },
      { segment: "c", change: "entered", at: 1 },
    ]);
    expect(membershipChanges(["a"], ["a"], 1)).toEqual([]);
  });
});
