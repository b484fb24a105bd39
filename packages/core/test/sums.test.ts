import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { event, holds, measured, profileFor, valued } from "./kit/entries.ts";

const SUM = { sum: "x", of: "X" } as const;
const AVG = { avg: "x", of: "X" } as const;

describe("a sum", () => {
  test("M2 is 0 of nothing, and of what is no number", () => {
    expect(measured(SUM, [], 1)).toBe(0);
    expect(measured(SUM, valued(["5", null, true, [5], { x: 5 }, "NaN"]))).toBe(0);
    expect(measured(SUM, [event("X", 1), event("X", 2, { y: 5 })])).toBe(0);
  });

  test("M2 M5 takes finite numbers only", () => {
    for (const narrowing of [{}, { within: "1s" }] as const) {
      const events = valued([1, NaN, Infinity, 2, -Infinity]);
      expect(measured({ ...SUM, ...narrowing }, events)).toBe(3);
      expect(measured({ ...AVG, ...narrowing }, events)).toBe(1.5);
    }
  });

  test("M2 M12 adds the numbers at a path, and passes over the rest", () => {
    const events = [
      event("X", 1, { order: { total: 10.5 } }),
      event("X", 2, { order: { total: "3" } }),
      event("X", 3, { order: { total: -0.25 } }),
      event("Y", 4, { order: { total: 7 } }),
      event("X", 5, { order: 9 }),
    ];
    expect(measured({ sum: "order.total", of: "X" }, events)).toBe(10.25);
  });

  test.for<[number[], number]>([
    [[0.1, 0.2], 0.3],
    [Array<number>(10).fill(0.1), 1],
    [[19.99, 19.99, 19.99], 59.97],
    [[0.7, 0.1, -0.8], 0],
    [[1.005, 2.675], 3.68],
  ])("M3 of %j is exactly %d", ([values, wanted]) => {
    expect(measured(SUM, valued(values))).toBe(wanted);
  });

  test.for<[number, number]>([
    [1.00004, 1],
    [1.00005, 1.0001],
    [1.00015, 1.0002],
    [0.00015, 0.0002],
    [0.00005, 0.0001],
    [0.000049999, 0],
    [5e-324, 0],
    [33.33335, 33.3334],
    [123_456_789.00005, 123_456_789.0001],
    [0.03125, 0.0313],
  ])("M3 rounds %d to %d, away from zero on both sides of it", ([value, wanted]) => {
    expect(measured(SUM, valued([value]))).toBe(wanted);
    expect(measured(SUM, valued([-value]))).toBe(wanted === 0 ? 0 : -wanted);
  });

  test("M3 M4 keeps every ten-thousandth on its way through numbers that a double has not", () => {
    expect(measured(SUM, valued([900_719_925_474, 0.0991, 0.0002, -900_719_925_474]))).toBe(0.0993);
    expect(measured(SUM, valued([-900_719_925_474, -0.0991, -0.0002, 900_719_925_474]))).toBe(-0.0993);
  });

  test("M3 E4 is the same in every order", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      fc.constantFrom(1.00005, -0.00015, 9e11, -9e11, 1e308, -1e308, 2 ** 53),
    );
    const shuffled = fc
      .array(value, { maxLength: 12 })
      .chain((values) =>
        fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
      );
    fc.assert(
      fc.property(shuffled, ([values, order]) => {
        expect(measured(SUM, valued(order))).toBe(measured(SUM, valued(values)));
        expect(measured(AVG, valued(order))).toBe(measured(AVG, valued(values)));
      }),
    );
  });

  test.for<[number, number]>([
    [1.00005, 1e15],
    [0.00015, 1e15],
    [-0.30005, 1e300],
  ])("M3 W2 forgets %d to the last unit while %d stands beside it", ([value, huge]) => {
    const profile = compile({ segments: {}, measures: { m: { ...SUM, within: "10s" } } }).profile();
    profile.record(event("X", 0, { x: value }));
    profile.record(event("X", 1_000, { x: huge }));
    profile.advance(10_500);
    profile.record(event("X", 10_600, { x: 1 }));
    profile.advance(11_000);
    expect(profile.measure("m")).toBe(1);
    profile.advance(20_600);
    expect(profile.measure("m")).toBe(0);
  });

  test.for<[number[], number]>([
    [[9e11, 0.0001], 9e11],
    [[899_999_999_999.9999, 0.0001], 9e11],
    [[-9e11, -1], -9e11],
    [[1e308, 1e308, 1e308], 9e11],
    [[-1e308, -1e308], -9e11],
    [[1e308, -1e308, 1.5], 1.5],
    [[9e11, 9e11, -1.7e12], 1e11],
  ])("M4 of %j reads %d: only what is read is cut", ([values, wanted]) => {
    expect(measured(SUM, valued(values))).toBe(wanted);
    expect(measured(SUM, valued(values.toReversed()))).toBe(wanted);
  });
});

describe("a sum that comes and goes", () => {
  test("K1 K3 compares by the exact total", () => {
    expect(holds({ ...SUM, eq: 0.3 }, valued([0.1, 0.2]))).toBe(true);
    expect(holds({ ...SUM, gt: 0.3 }, valued([0.1, 0.2]))).toBe(false);
    expect(holds({ ...SUM, between: [0.3, 0.3] }, valued([0.1, 0.2]))).toBe(true);
    expect(holds({ ...SUM, lt: 0.3001 }, valued([0.1, 0.2]))).toBe(true);
  });

  test("W2 C5 falls at the true instant of each event that leaves, also below zero", () => {
    const profile = profileFor({ ...SUM, within: "10s", gte: 5 });
    profile.record(event("X", 1_000, { x: 5 }));
    profile.record(event("X", 3_000, { x: -2 }));
    profile.record(event("X", 5_000, { x: 6 }));
    expect(profile.advance(60_000)).toEqual([
      { segment: "s", change: "exited", at: 11_000 },
      { segment: "s", change: "entered", at: 13_000 },
      { segment: "s", change: "exited", at: 15_000 },
    ]);
  });

  test("W6 starts anew after what `after` takes", () => {
    const events = [...valued([1, 2]), event("Y", 10), event("X", 11, { x: 4 })];
    expect(measured({ ...SUM, after: "Y" }, events)).toBe(4);
    expect(measured({ ...SUM, after: "Y" }, events.toReversed())).toBe(4);
  });

  test("P6 is restored from a snapshot beyond what a number holds exactly", () => {
    const program = compile({ segments: {}, measures: { m: SUM } });
    const profile = program.profile();
    for (const entry of valued([1e300, 0.5])) profile.record(entry);
    const copy = program.profile(JSON.parse(JSON.stringify(profile.snapshot())));
    copy.record(event("X", 9, { x: -1e300 }));
    expect(copy.measure("m")).toBe(0.5);
  });
});

describe("an average", () => {
  test("M5 is missing of nothing", () => {
    expect(measured(AVG, valued(["5", null]))).toBeUndefined();
    expect(measured({ ...AVG, within: "1s" }, valued([5]), 1_000)).toBeUndefined();
  });

  test("M5 divides by the numbers alone", () => {
    expect(measured(AVG, valued([1, "x", 2, null]))).toBe(1.5);
    expect(measured(AVG, valued([0.1, 0.2, 0.3]))).toBe(0.2);
    expect(measured(AVG, valued([0.1, 0.1, 0.1]))).toBe(0.1);
    expect(measured({ ...AVG, within: "1s" }, valued([0.1, 0.1, 0.1]))).toBe(0.1);
    expect(measured(AVG, valued([1, 1, 0]))).toBe(2 / 3);
    expect(measured(AVG, valued([1e308, 0]))).toBe(4.5e11);
  });

  test("K4 when missing satisfies no comparison", () => {
    for (const compare of [{ ne: 5 }, { lt: 5 }, { gte: -1e308 }, { between: [0, 9] as const }])
      expect(holds({ ...AVG, ...compare }, [], 0)).toBe(false);
    expect(holds({ not: { ...AVG, ne: 5 } }, [], 0)).toBe(true);
  });
});
