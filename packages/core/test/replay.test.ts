import { describe, expect, test } from "vitest";
import { compile, type Entry } from "../src/index.ts";
import { event, identify } from "./kit/entries.ts";

const program = compile({
  segments: {
    browser: { count: "Product Viewed", gte: 2 },
    vip: { trait: { tier: "vip" } },
    recent: { sinceLast: "Product Viewed", lt: "10s" },
  },
});

const LOG = [
  event("Product Viewed", 1_000),
  identify(2_000, { tier: "vip" }),
  event("Product Viewed", 3_000),
] as const;

describe("P4 P5 E2 E4 a replay", () => {
  test("P4 E4 of a fresh profile starts at the last entry, in any order", () => {
    const profile = program.profile();
    expect(profile.replay(LOG.toReversed())).toEqual([
      { segment: "browser", change: "entered", at: 3_000 },
      { segment: "recent", change: "entered", at: 3_000 },
      { segment: "vip", change: "entered", at: 3_000 },
    ]);
    expect(profile.clock).toBe(3_000);
  });

  test("E2 P4 passes over an id that comes twice: the first one is kept", () => {
    const profile = program.profile();
    const again = event("Product Viewed", 1_500, {}, LOG[0].id);
    profile.replay([LOG[0], LOG[0], again]);
    expect(profile.segments()).toEqual(["recent"]);
    expect(profile.clock).toBe(1_000);
  });

  test("P4 of the same log changes nothing", () => {
    const profile = program.profile();
    profile.replay(LOG);
    profile.advance(60_000);
    expect(profile.replay(LOG)).toEqual([]);
    expect(profile.clock).toBe(60_000);
    expect(profile.segments()).toEqual(["browser", "vip"]);
  });

  test("P4 E6 yields at the clock what the log says otherwise than the state did", () => {
    const profile = program.profile();
    profile.replay(LOG);
    profile.advance(4_000);
    expect(profile.replay([LOG[0]])).toEqual([
      { segment: "browser", change: "exited", at: 4_000 },
      { segment: "vip", change: "exited", at: 4_000 },
    ]);
    expect(profile.nextChange()).toBe(11_000);
  });

  test("P5 records one after the other a log that is later than the clock as a whole", () => {
    const profile = program.profile();
    profile.advance(0);
    expect(profile.replay(LOG.toReversed())).toEqual([
      { segment: "recent", change: "entered", at: 1_000 },
      { segment: "vip", change: "entered", at: 2_000 },
      { segment: "browser", change: "entered", at: 3_000 },
    ]);
    expect(profile.clock).toBe(3_000);
  });

  test("P4 of nothing leaves what is true of nobody-yet, and the clock", () => {
    const profile = program.profile();
    profile.replay(LOG);
    profile.replay([]);
    expect(profile.segments()).toEqual([]);
    expect(profile.clock).toBe(3_000);
    expect(program.profile().replay([])).toEqual([]);
  });

  test("P5 moves the clock on with entries that are later, as if they were recorded", () => {
    const profile = program.profile();
    profile.advance(1_000);
    expect(profile.replay(LOG)).toEqual([
      { segment: "recent", change: "entered", at: 1_000 },
      { segment: "vip", change: "entered", at: 2_000 },
      { segment: "browser", change: "entered", at: 3_000 },
    ]);
  });

  test("P3 P4 Q7 ends the need for one", () => {
    const ordered = compile({ segments: { bought: { sequence: ["Product Viewed", "Order Completed"] } } });
    const [view, order] = [event("Product Viewed", 1_000), event("Order Completed", 2_000)];
    const profile = ordered.profile();
    profile.record(order);
    expect(profile.needsReplay).toBe(false);
    profile.record(view);
    expect(profile.needsReplay).toBe(true);
    const restored = ordered.profile(JSON.parse(JSON.stringify(profile.snapshot())));
    expect(restored.needsReplay).toBe(true);
    expect(restored.replay([order, view])).toEqual([{ segment: "bought", change: "entered", at: 2_000 }]);
    expect(restored.needsReplay).toBe(false);
  });

  test("E8 passes over what is no entry", () => {
    const junk = [
      null,
      1,
      {},
      { type: "identify", id: "1", timestamp: 1 },
      { type: "event", id: "2", timestamp: 1 },
      { type: "event", id: "3", name: "Product Viewed", timestamp: NaN },
      { type: "unknown", id: "4", timestamp: 1 },
    ] as unknown as Entry[];
    const profile = program.profile();
    expect(profile.replay(junk)).toEqual([]);
    expect(profile.clock).toBeUndefined();
  });

  test("P4 takes any iterable", () => {
    const profile = program.profile();
    profile.replay(new Set(LOG));
    expect(profile.segments()).toEqual(["browser", "recent", "vip"]);
  });
});
