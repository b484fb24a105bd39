import { describe, expect, test } from "vitest";
import type { Condition, EventEntry, TrendCondition } from "../src/index.ts";
import { event, holds, isIn, profileFor } from "./kit/entries.ts";

function trend(change: { lte: number } | { gte: number }, periods = 1): TrendCondition {
  return { trend: { count: "X" }, every: "10s", periods, change };
}

/** So many events in each period of 10 s that ends at 0, 10,000, …; they stand at its very end. */
function periods(...counts: number[]): EventEntry[] {
  return counts.flatMap((count, period) =>
    Array.from({ length: count }, (_none, at) => event("X", period * 10_000, {}, `${period} ${at}`)),
  );
}

describe("a trend", () => {
  test.for<[number[], Condition, boolean]>([
    [[4, 2], trend({ lte: -0.5 }), true],
    [[4, 3], trend({ lte: -0.5 }), false],
    [[4, 2], trend({ lte: -0.51 }), false],
    [[2, 4], trend({ gte: 1 }), true],
    [[2, 3], trend({ gte: 1 }), false],
    [[3, 3], trend({ lte: 0 }), true],
    [[3, 3], trend({ gte: 0 }), true],
    [[5, 4], trend({ lte: -0.2 }), true],
    [[10, 1], trend({ lte: -0.9 }), true],
    [[10, 9], trend({ lte: -0.1 }), true],
    [[10, 11], trend({ gte: 0.1 }), true],
    [[70, 77], trend({ gte: 0.1 }), true],
    [[70, 76], trend({ gte: 0.1 }), false],
    [[125, 8], trend({ lte: -0.936 }), true],
    [[125, 1], trend({ gte: -0.992 }), true],
    [[3, 1], trend({ lte: -2 / 3 }), true],
    [[3, 5], trend({ gte: 2 / 3 }), true],
    [[3, 4], trend({ lte: 1 / 3 }), true],
    [[3, 4], trend({ gte: 1 / 3 }), true],
    [[3, 2], trend({ lte: -1 / 3 }), true],
    [[3, 2], trend({ gte: -1 / 3 }), true],
    [[6, 1], trend({ lte: -5 / 6 }), true],
    [[6, 1], trend({ gte: -5 / 6 }), true],
    [[3, 11], trend({ gte: 8 / 3 }), true],
    [[3, 11], trend({ lte: 8 / 3 }), true],
    [[300, 101], trend({ lte: -2 / 3 }), false],
    [[300, 499], trend({ gte: 2 / 3 }), false],
    [[1, 1], trend({ gte: 1e-7 }), false],
    [[1, 3], trend({ gte: 1e300 }), false],
  ])("T1 T3 of %j under %j: %s", ([counts, condition, wanted]) => {
    expect(holds(condition, periods(...counts))).toBe(wanted);
  });

  test("T1 needs the change in every period", () => {
    expect(holds(trend({ lte: -0.5 }, 2), periods(8, 4, 2))).toBe(true);
    expect(holds(trend({ lte: -0.5 }, 2), periods(8, 5, 2))).toBe(false);
    expect(holds(trend({ lte: -0.5 }, 2), periods(4, 4, 2))).toBe(false);
    expect(holds(trend({ lte: -0.5 }, 3), periods(8, 4, 2))).toBe(false);
    expect(holds(trend({ gte: 1 }, 3), periods(1, 2, 4, 8))).toBe(true);
  });

  test("T1 of nothing now is a change of -1, T2 and of nothing before it is none", () => {
    expect(holds(trend({ lte: -1 }), periods(3), 10_000)).toBe(true);
    expect(holds(trend({ gte: -1 }), periods(0, 3))).toBe(false);
    expect(holds(trend({ lte: 9 }), periods(0, 3))).toBe(false);
    expect(holds(trend({ lte: -1 }, 2), periods(3), 20_000)).toBe(false);
    expect(holds(trend({ gte: -1 }), [], 0)).toBe(false);
  });

  test("T4 of a sum compares exact sums", () => {
    const condition: Condition = {
      trend: { sum: "total", of: "X" },
      every: "10s",
      periods: 1,
      change: { gte: 0 },
    };
    const before = [0.1, 0.2].map((total, at) => event("X", -at, { total }));
    const now = (total: number): EventEntry => event("X", 10_000, { total });
    expect(holds(condition, [...before, now(0.3)])).toBe(true);
    expect(holds(condition, [...before, now(0.2999)])).toBe(false);
    expect(holds(condition, [...before, now(0.29999)])).toBe(true);
    expect(holds(condition, [event("X", 0, { total: "7" }), now(5)])).toBe(false);
  });

  test("T2 T4 has nothing to compare with where a sum is not above zero", () => {
    for (const total of [0, -5])
      expect(
        holds({ trend: { sum: "total", of: "X" }, every: "10s", periods: 1, change: { lte: 9 } }, [
          event("X", 0, { total }),
          event("X", 10_000, { total: 1 }),
        ]),
      ).toBe(false);
  });

  test("T5 changes by time alone at the edges of its periods, to the millisecond", () => {
    const profile = profileFor(trend({ lte: -0.5 }));
    for (const at of [1_000, 2_000, 12_000]) profile.record(event("X", at));
    expect(isIn(profile)).toBe(true);
    expect(profile.nextChange()).toBe(21_000);
    expect(profile.explain("s")!.until).toBe(21_000);
    // From 21,000 on it is one after one, from 22,000 none after one, and from 32,000 none after none.
    expect(profile.advance(100_000)).toEqual([
      { segment: "s", change: "exited", at: 21_000 },
      { segment: "s", change: "entered", at: 22_000 },
      { segment: "s", change: "exited", at: 32_000 },
    ]);
    expect(profile.nextChange()).toBeUndefined();
  });

  test("W8 takes in a late event in the period where it stands, without the log", () => {
    const profile = profileFor(trend({ gte: 1 }));
    for (const entry of periods(1, 2)) profile.record(entry);
    expect(isIn(profile)).toBe(true);
    expect(profile.record(event("X", 500))).toEqual([]);
    expect(profile.record(event("X", 0, {}, "late"))).toEqual([
      { segment: "s", change: "exited", at: 10_000 },
    ]);
    expect(profile.record(event("X", -10_000))).toEqual([]);
    expect(profile.record(event("X", 9_999))).toEqual([{ segment: "s", change: "entered", at: 10_000 }]);
    expect(profile.needsReplay).toBe(false);
  });

  test("P8 keeps no event that is out of its last period", () => {
    const profile = profileFor(trend({ lte: 0 }));
    for (let at = 0; at < 500; at++) profile.record(event("X", at * 1_000));
    const snapshot = JSON.stringify(profile.snapshot());
    expect(snapshot.match(/000(?=[,\]])/g)!.length).toBeLessThanOrEqual(22);
  });
});
