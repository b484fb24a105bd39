import { describe, expect, test } from "vitest";
import { compile, type Json } from "../src/index.ts";
import { event, holds, measured, profileFor, valued } from "./kit/entries.ts";

const DISTINCT = { distinct: "x", of: "X" } as const;
const FAVORITE = { favorite: "x", of: "X" } as const;
const NARROWINGS = [{}, { within: "1s" }, { within: "session" }, { after: "Y" }] as const;

/** Scalars that differ though they look alike. */
const ALIKE: Json[] = ["1", 1, "true", true, "", 0, false, "0"];

describe("how many different scalars", () => {
  test.for(NARROWINGS)("M7 tells type and value apart, narrowed by %j", (narrowing) => {
    expect(measured({ ...DISTINCT, ...narrowing }, valued([...ALIKE, ...ALIKE]))).toBe(8);
  });

  test.for(NARROWINGS)("M7 passes over what is no scalar, narrowed by %j", (narrowing) => {
    const events = [...valued([null, [1], { a: 1 }]), event("X", 9)];
    expect(measured({ ...DISTINCT, ...narrowing }, events)).toBe(0);
    expect(holds({ ...DISTINCT, ...narrowing, eq: 0 }, [], 1)).toBe(true);
  });

  test.for(NARROWINGS)("M7 counts what comes again but once, narrowed by %j", (narrowing) => {
    expect(measured({ ...DISTINCT, ...narrowing }, valued(["a", "b", "b", "c", "b", "c"]))).toBe(3);
  });

  test("M7 knows one zero", () => {
    expect(measured(DISTINCT, valued([0, -0]))).toBe(1);
  });

  test("W2 counts one as long as its last event is in the window", () => {
    const profile = profileFor({ ...DISTINCT, within: "10s", gte: 2 });
    profile.record(event("X", 0, { x: "a" }));
    profile.record(event("X", 4_000, { x: "b" }));
    profile.record(event("X", 5_000, { x: "a" }));
    // Late, and older than the last "b": it keeps nothing in the window for longer.
    profile.record(event("X", 3_000, { x: "b" }));
    expect(profile.advance(60_000)).toEqual([{ segment: "s", change: "exited", at: 14_000 }]);
  });

  test("P8 keeps no more than can be told apart", () => {
    for (const narrowing of NARROWINGS) {
      const profile = profileFor({ ...DISTINCT, ...narrowing, gte: 3 });
      for (let at = 0; at < 500; at++) profile.record(event("X", at, { x: `product-${at}` }));
      expect(JSON.stringify(profile.snapshot()).match(/product-/g)).toHaveLength(3);
      expect(profile.explain("s")).toMatchObject({ value: 3, atLeast: true, result: true });
    }
  });

  test.for(NARROWINGS)(
    "P11 is at least so many only where some were left out, narrowed by %j",
    (narrowing) => {
      const profile = profileFor({ ...DISTINCT, ...narrowing, gte: 3 });
      for (const entry of valued(["a", "b"])) profile.record(entry);
      expect(profile.explain("s")).toMatchObject({ value: 2, result: false });
      expect(profile.explain("s")).not.toHaveProperty("atLeast");
    },
  );

  test("P8 keeps those that stay the longest", () => {
    const profile = profileFor({ ...DISTINCT, within: "10s", gte: 2 });
    for (const at of [1_000, 2_000, 3_000, 4_000]) profile.record(event("X", at, { x: at }));
    profile.record(event("X", 3_500, { x: 1_000 }));
    expect(profile.nextChange()).toBe(13_500);
    expect(profile.advance(60_000)).toEqual([{ segment: "s", change: "exited", at: 13_500 }]);
  });
});

describe("a favourite", () => {
  test("M8 is missing where there is no scalar", () => {
    for (const narrowing of NARROWINGS) {
      expect(measured({ ...FAVORITE, ...narrowing }, [], 1)).toBeUndefined();
      expect(measured({ ...FAVORITE, ...narrowing }, valued([null, [1]]))).toBeUndefined();
    }
  });

  test.for<[Json[], Json]>([
    [["a", "b", "a"], "a"],
    [["a", "b", "b", "a"], "a"],
    [["a", "a", "b", "b"], "b"],
    [["1", 1, 1], 1],
    [[1, "1", "1"], "1"],
    [[true, "true", "true", true], true],
    [[0, false, 0, false], false],
    [[1.5, "1.5", 1.5], 1.5],
    [["", null, null], ""],
    [[-0], 0],
  ])("M8 of %j is %j", ([values, wanted]) => {
    for (const narrowing of NARROWINGS)
      expect(measured({ ...FAVORITE, ...narrowing }, valued(values))).toBe(wanted);
  });

  test.for(NARROWINGS)("E3 E4 between equals goes by order, not by arrival, narrowed by %j", (narrowing) => {
    const events = [
      event("X", 5, { x: "late" }, "b"),
      event("X", 5, { x: "later" }, "c"),
      event("X", 5, { x: "early" }, "a"),
    ];
    expect(measured({ ...FAVORITE, ...narrowing }, events)).toBe("later");
    expect(measured({ ...FAVORITE, ...narrowing }, events.toReversed())).toBe("later");
  });

  test.for(NARROWINGS)("M8 E4 a late one is not the last of its kind, narrowed by %j", (narrowing) => {
    const events = [
      event("X", 50, { x: "a" }),
      event("X", 10, { x: "a" }),
      event("X", 20, { x: "b" }),
      event("X", 30, { x: "b" }),
    ];
    expect(measured({ ...FAVORITE, ...narrowing }, events)).toBe("a");
  });

  test("W2 C5 changes at the true instant by time alone", () => {
    const profile = profileFor({ ...FAVORITE, within: "10s", eq: "a" });
    for (const [at, x] of [
      [0, "a"],
      [1_000, "a"],
      [2_000, "b"],
      [3_000, "b"],
      [4_000, "a"],
    ] as const)
      profile.record(event("X", at, { x }));
    expect(profile.advance(60_000)).toEqual([
      { segment: "s", change: "exited", at: 11_000 },
      { segment: "s", change: "entered", at: 12_000 },
      { segment: "s", change: "exited", at: 14_000 },
    ]);
  });

  test("M8 takes very many values", () => {
    const program = compile({ segments: {}, measures: { m: { ...FAVORITE, within: "1d" } } });
    const profile = program.profile();
    for (let at = 0; at < 200_000; at++) profile.record(event("X", at, { x: at }));
    expect(profile.measure("m")).toBe(199_999);
  });
});
