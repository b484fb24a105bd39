import { describe, expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { event, holds, measured, profileFor, valued } from "./kit/entries.ts";

const MIN = { min: "x", of: "X" } as const;
const MAX = { max: "x", of: "X" } as const;

describe("a smallest or a largest number", () => {
  test("M6 is missing of nothing, and of what is no number", () => {
    for (const measure of [MIN, MAX]) {
      expect(measured(measure, [], 1)).toBeUndefined();
      expect(measured(measure, valued(["5", null, true, [5], {}]))).toBeUndefined();
      expect(holds({ ...measure, ne: 1 }, valued(["5"]))).toBe(false);
    }
  });

  test("M6 passes over what is no number, in front of one and behind it", () => {
    for (const narrowing of [{}, { within: "1s" }, { after: "Y" }] as const) {
      for (const measure of [MIN, MAX])
        expect(
          measured({ ...measure, ...narrowing }, valued([null, NaN, "9", 5, "1", -Infinity, Infinity])),
        ).toBe(5);
    }
  });

  test("M6 is a number as it was written, not rounded", () => {
    const values = [0.123456789, -1e-7, 1e308, "9", -1e308];
    expect(measured(MIN, valued(values))).toBe(-1e308);
    expect(measured(MAX, valued(values))).toBe(1e308);
    expect(measured(MIN, valued([0.123456789]))).toBe(0.123456789);
    expect(measured(MAX, valued([-1e-7, -3]))).toBe(-1e-7);
  });

  test("M6 knows one zero", () => {
    for (const within of [{}, { within: "1s" }] as const) {
      expect(measured({ ...MIN, ...within }, valued([-0]))).toBe(0);
      expect(measured({ ...MAX, ...within }, valued([-0]))).toBe(0);
    }
  });

  test.for([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]], [[2, 1, 3]]])(
    "E4 does not depend on the order %j in which the numbers come",
    ([order]) => {
      const events = order!.map((x) => event("X", x, { x }));
      for (const narrowing of [{}, { within: "1s" }, { within: "session" }] as const) {
        expect(measured({ ...MIN, ...narrowing }, events)).toBe(1);
        expect(measured({ ...MAX, ...narrowing }, events)).toBe(3);
      }
    },
  );

  test("W2 C5 gives way to the next best as it leaves the window", () => {
    const program = compile({ segments: {}, measures: { m: { ...MAX, within: "10s" } } });
    const profile = program.profile();
    profile.record(event("X", 0, { x: 9 }));
    profile.record(event("X", 2_000, { x: 3 }));
    profile.record(event("X", 4_000, { x: 5 }));
    profile.record(event("X", 6_000, { x: 5 }));
    const at = (now: number): unknown => {
      profile.advance(now);
      return profile.measure("m");
    };
    expect([9_999, 10_000, 12_000, 14_000, 15_999, 16_000].map(at)).toEqual([9, 5, 5, 5, 5, undefined]);
  });

  test("W8 takes in a late number where it stands", () => {
    const profile = profileFor({ ...MIN, within: "10s", lte: 1 });
    profile.record(event("X", 5_000, { x: 2 }));
    profile.advance(8_000);
    expect(profile.record(event("X", 1_000, { x: 1 }))).toEqual([
      { segment: "s", change: "entered", at: 8_000 },
    ]);
    expect(profile.needsReplay).toBe(false);
    expect(profile.advance(20_000)).toEqual([{ segment: "s", change: "exited", at: 11_000 }]);
  });

  test("W8 E4 drops nothing for a late number that is neither the best nor the worst", () => {
    const program = compile({ segments: {}, measures: { m: { ...MAX, within: "10s" } } });
    const profile = program.profile();
    profile.record(event("X", 1_000, { x: 5 }));
    profile.record(event("X", 9_000, { x: 3 }));
    profile.record(event("X", 5_000, { x: 4 }));
    const at = (now: number): unknown => {
      profile.advance(now);
      return profile.measure("m");
    };
    expect([10_999, 11_000, 15_000, 18_999, 19_000].map(at)).toEqual([5, 4, 3, 3, undefined]);
  });

  test("W6 forgets the best with what `after` puts out", () => {
    const events = [event("X", 1, { x: 9 }), event("X", 3, { x: 5 }), event("Y", 2), event("X", 4, { x: 4 })];
    expect(measured({ ...MAX, after: "Y" }, events)).toBe(5);
    expect(measured({ ...MIN, after: "Y", within: "1s" }, events)).toBe(4);
  });

  test("P8 keeps only numbers that may yet be the best", () => {
    const profile = profileFor({ ...MAX, within: "1d", gte: 5 });
    for (let at = 0; at < 1_000; at++) profile.record(event("X", at, { x: at }));
    expect(JSON.stringify(profile.snapshot()).length).toBeLessThan(300);
  });
});
