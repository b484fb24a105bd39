import { describe, expect, test } from "vitest";
import { event, identify, isIn, profileFor } from "./kit/entries.ts";

const VIP = { trait: { tier: "vip" } } as const;

describe("R1 R2 R3 R4 R5 traits", () => {
  test("R1 R4 are set by an identify call, from its instant on", () => {
    const profile = profileFor(VIP);
    profile.advance(5);
    expect(profile.identify(identify(10, { tier: "vip" }))).toEqual([
      { segment: "s", change: "entered", at: 10 },
    ]);
  });

  test("R1 are last-write-wins for each top-level key by itself", () => {
    const profile = profileFor({ trait: { tier: "vip", age: 40 } });
    profile.identify(identify(10, { tier: "vip", age: 20 }));
    profile.identify(identify(11, { age: 40 }));
    expect(isIn(profile)).toBe(true);
  });

  test("R2 are replaced whole: what is nested is not merged", () => {
    const profile = profileFor({ trait: { "address.city": "Rome" } });
    profile.identify(identify(10, { address: { city: "Rome" } }));
    profile.identify(identify(11, { address: { country: "IT" } }));
    expect(isIn(profile)).toBe(false);
  });

  test("R1 of a late call do not replace what was written after it", () => {
    const profile = profileFor(VIP);
    profile.identify(identify(10, { tier: "vip" }));
    expect(profile.identify(identify(9, { tier: "new" }))).toEqual([]);
    expect(isIn(profile)).toBe(true);
  });

  test("R1 E6 of a late call are there where nothing was written after it, at the clock", () => {
    const profile = profileFor(VIP);
    profile.identify(identify(10, { age: 40 }));
    expect(profile.identify(identify(9, { tier: "vip" }))).toEqual([
      { segment: "s", change: "entered", at: 10 },
    ]);
  });

  test.for([
    ["a", "b"],
    ["b", "a"],
  ])("of one millisecond go by the id of the call, delivered %s before %s", (ids) => {
    const profile = profileFor(VIP);
    for (const id of ids) profile.identify(identify(10, { tier: id === "b" ? "vip" : "new" }, id));
    expect(isIn(profile)).toBe(true);
  });

  test("R3 are removed by null, also when what it removes comes later", () => {
    const profile = profileFor({ trait: { tier: { $exists: true } } });
    profile.identify(identify(10, { tier: "vip" }));
    expect(profile.identify(identify(11, { tier: null }))).toEqual([
      { segment: "s", change: "exited", at: 11 },
    ]);
    profile.identify(identify(9, { tier: "new" }));
    expect(isIn(profile)).toBe(false);
  });

  test("R5 are no properties, and properties are no traits", () => {
    const profile = profileFor({
      any: [VIP, { count: { event: "Page Viewed", where: { tier: "vip" } }, gte: 1 }],
    });
    profile.record(event("Page Viewed", 10, {}));
    profile.identify(identify(11, { tier: "new" }));
    expect(isIn(profile)).toBe(false);
    profile.record(event("Page Viewed", 12, { tier: "vip" }));
    expect(isIn(profile)).toBe(true);
  });

  test("R4 C2 match a filter that nobody-yet matches, from the first instant", () => {
    const profile = profileFor({ trait: { tier: { $ne: "vip" } } });
    expect(profile.advance(1)).toEqual([{ segment: "s", change: "entered", at: 1 }]);
  });
});
