import { describe, expect, test } from "vitest";
import { compile, SnapshotError, type Snapshot } from "../src/index.ts";
import { event, identify } from "./kit/entries.ts";

const program = compile({
  segments: {
    browser: { count: "Product Viewed", within: "7d", gte: 2 },
    buyer: { sinceLast: "Order Completed", lt: "1h" },
    vip: { trait: { tier: "vip" } },
    cart: { count: "Product Added", after: "Order Completed", gte: 1 },
  },
});

function lived(): ReturnType<typeof program.profile> {
  const profile = program.profile();
  profile.record(event("Product Viewed", 1_000));
  profile.record(event("Order Completed", 2_000));
  profile.record(event("Product Added", 3_000));
  profile.identify(identify(4_000, { tier: "vip" }));
  return profile;
}

/** A snapshot through JSON text, with something changed. */
function changed(change: Record<string, unknown>): unknown {
  return { ...(JSON.parse(JSON.stringify(lived().snapshot())) as Snapshot), ...change };
}

function codeOf(snapshot: unknown): string | undefined {
  try {
    program.profile(snapshot);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(SnapshotError);
    return (error as SnapshotError).code;
  }
}

describe("P6 P7 P8 a snapshot", () => {
  test("P6 is plain JSON that restores to the same profile", () => {
    const profile = lived();
    const text = JSON.stringify(profile.snapshot());
    expect(JSON.parse(text)).toEqual(profile.snapshot());
    const copy = program.profile(JSON.parse(text));
    expect(copy.segments()).toEqual(["buyer", "cart", "vip"]);
    expect(copy.clock).toBe(4_000);
    expect(copy.nextChange()).toBe(profile.nextChange());
    expect(copy.record(event("Product Viewed", 5_000))).toEqual([
      { segment: "browser", change: "entered", at: 5_000 },
    ]);
  });

  test("P6 C1 of a fresh profile restores to one that is fresh still", () => {
    const copy = program.profile(program.profile().snapshot());
    expect(copy.clock).toBeUndefined();
    expect(copy.record(event("Order Completed", 1))).toEqual([
      { segment: "buyer", change: "entered", at: 1 },
    ]);
  });

  test("P6 yields no transition by being restored", () => {
    const copy = program.profile(lived().snapshot());
    expect(copy.advance(4_001)).toEqual([]);
  });

  test("P6 does not change with the profile it was taken from, nor the profile with it", () => {
    const profile = lived();
    const snapshot = profile.snapshot();
    const text = JSON.stringify(snapshot);
    const copy = program.profile(snapshot);
    for (const each of [profile, copy]) {
      each.record(event("Product Viewed", 5_000));
      each.identify(identify(5_000, { tier: "new" }));
    }
    expect(JSON.stringify(snapshot)).toBe(text);
    snapshot.states.length = 0;
    expect(copy.segments()).toEqual(profile.segments());
  });

  test("P7 of another definition is told apart", () => {
    const other = compile({ segments: { browser: { count: "Product Viewed", within: "7d", gte: 3 } } });
    expect(codeOf(other.profile().snapshot())).toBe("snapshot_of_another_definition");
  });

  test("P8 keeps no more events than the comparisons can tell apart", () => {
    const profile = lived();
    for (let at = 5_000; at < 6_000; at++) profile.record(event("Product Viewed", at));
    expect(JSON.stringify(profile.snapshot()).length).toBeLessThan(600);
  });

  test.for([null, 0, "", "snapshot", [], {}, true])("P7 is not %j", (junk) => {
    expect(codeOf(junk)).toBe("snapshot_invalid");
  });

  test.for<Record<string, unknown>>([
    { definition: 5 },
    { clock: "4000" },
    { clock: 1.5 },
    { clock: 2 ** 60 },
    { clock: undefined },
    { clock: null },
    { needsReplay: 0 },
    { traits: [] },
    { states: [[0, [["tier", [4_000, "i"]]]]] },
    { states: [[0, [["tier", ["4000", "i"], "vip"]]]] },
    { states: [[0, [[1, [4_000, "i"], "vip"]]]] },
    { states: null },
    { states: [null] },
    { states: [[0]] },
    { states: [[99, { t: [] }]] },
    { states: [[-1, { t: [] }]] },
    { states: [[0.5, { t: [] }]] },
    { states: [["length", { t: [] }]] },
    { states: [[0, []]] },
    { states: [[0, {}]] },
    { states: [[0, { t: null }]] },
    { states: [[0, { t: "abc" }]] },
    { states: [[0, { n: 1 }]] },
    { states: [[0, { t: [1], a: 5 }]] },
  ])("P7 is not one with %j", (change) => {
    expect(codeOf(changed(change))).toBe("snapshot_invalid");
  });

  test("P7 is not one that was cut anywhere", () => {
    const whole = lived().snapshot();
    for (const key of Object.keys(whole) as (keyof Snapshot)[]) {
      const { [key]: _cut, ...rest } = whole;
      expect(codeOf(rest)).toBe("snapshot_invalid");
    }
  });
});
