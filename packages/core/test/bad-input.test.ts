import { describe, expect, test } from "vitest";
import { compile, type Identify, type MurmurEvent, type Profile } from "../src/index.ts";

const TIMESTAMPS = [NaN, Infinity, -Infinity, 0.5, 1e300, 2 ** 60, -(2 ** 60), "5", null, undefined, {}, 5n];

const program = compile({
  measures: { m: { count: "Page Viewed" } },
  segments: {
    seen: { count: { event: "Page Viewed", where: { "a.b": { $exists: true } } }, within: "1s", gte: 1 },
    vip: { trait: { tier: "vip" } },
    quiet: { not: { segment: "seen" } },
  },
});

/** All that a profile would remember. */
function remembered(profile: Profile): string {
  return JSON.stringify(profile.snapshot());
}

describe("C3 D13 E1 E8 E9 bad input", () => {
  test.for(TIMESTAMPS)("E1 E8 C3 of timestamp %s is passed over", (timestamp) => {
    const profile = program.profile();
    profile.advance(5);
    const before = remembered(profile);
    const at = timestamp as number;
    expect(profile.record({ id: "1", name: "Page Viewed", timestamp: at })).toEqual([]);
    expect(profile.identify({ id: "2", timestamp: at, traits: { tier: "vip" } })).toEqual([]);
    expect(profile.advance(at)).toEqual([]);
    expect(remembered(profile)).toBe(before);
  });

  test("C3 leaves a fresh profile fresh", () => {
    const profile = program.profile();
    for (const at of TIMESTAMPS) profile.advance(at as number);
    expect(profile.clock).toBeUndefined();
  });

  test("E1 takes the first and the last instant that a date can hold", () => {
    const profile = program.profile();
    profile.record({ id: "1", name: "Page Viewed", timestamp: -8.64e15, properties: { a: { b: 1 } } });
    expect(profile.segments()).toEqual(["seen"]);
    profile.record({ id: "2", name: "Page Viewed", timestamp: 8.64e15, properties: { a: { b: 1 } } });
    expect(profile.segments()).toEqual(["seen"]);
    expect(profile.measure("m")).toBe(2);
  });

  test.for<unknown>([
    undefined,
    null,
    5,
    "event",
    [],
    {},
    { name: "Page Viewed", timestamp: 1 },
    { id: 5, name: "Page Viewed", timestamp: 1 },
    { id: "1", timestamp: 1 },
    { id: "1", name: 5, timestamp: 1 },
    { id: "1", name: null, timestamp: 1 },
  ])("E8 that is no event is passed over: %j", (event) => {
    const profile = program.profile();
    expect(profile.record(event as MurmurEvent)).toEqual([]);
    expect(profile.clock).toBeUndefined();
  });

  test.for<unknown>([
    undefined,
    null,
    { id: "1", timestamp: 1 },
    { id: "1", timestamp: 1, traits: null },
    { id: "1", timestamp: 1, traits: "vip" },
    { timestamp: 1, traits: {} },
  ])("E8 that is no identify call is passed over: %j", (identify) => {
    const profile = program.profile();
    expect(profile.identify(identify as Identify)).toEqual([]);
    expect(profile.clock).toBeUndefined();
  });

  test.for<unknown>([null, 5, "text", [], [[]], { a: null }, { a: "b" }, { a: [] }, { a: 5 }])(
    "E9 as properties matches nothing: %j",
    (properties) => {
      const profile = program.profile();
      profile.record({ id: "1", name: "Page Viewed", timestamp: 1, properties } as MurmurEvent);
      expect(profile.segments()).toEqual(["quiet"]);
      expect(profile.measure("m")).toBe(1);
    },
  );

  test("D13 F2 of properties and traits named as parts of a prototype changes no prototype", () => {
    const text = '{ "__proto__": { "tier": "vip" }, "constructor": { "prototype": { "tier": "vip" } } }';
    const held = JSON.parse(text) as { [key: string]: never };
    const profile = program.profile();
    profile.record({ id: "__proto__", name: "constructor", timestamp: 1, properties: held });
    profile.record({ id: "constructor", name: "__proto__", timestamp: 1, properties: held });
    profile.identify({ id: "toString", timestamp: 1, traits: held });
    const copy = program.profile(JSON.parse(remembered(profile)));
    expect(copy.segments()).toEqual(["quiet"]);
    expect(profile.segments()).toEqual(["quiet"]);
    expect({}).not.toHaveProperty("tier");
    expect(Object.prototype).not.toHaveProperty("tier");
  });
});
