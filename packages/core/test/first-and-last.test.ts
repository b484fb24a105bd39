import { describe, expect, test } from "vitest";
import { compile } from "../src/index.ts";
import { event, measured, profileFor, valued } from "./kit/entries.ts";

const FIRST = { first: "x", of: "X" } as const;
const LAST = { last: "x", of: "X" } as const;
const NARROWINGS = [{}, { within: "1s" }, { within: "session" }, { after: "Y" }] as const;

describe.for(NARROWINGS)("the first and the last value, narrowed by %j", (narrowing) => {
  const first = { ...FIRST, ...narrowing };
  const last = { ...LAST, ...narrowing };

  test("M9 are missing where no event has one", () => {
    for (const measure of [first, last]) {
      expect(measured(measure, [], 1)).toBeUndefined();
      expect(measured(measure, [...valued([null, [1], {}]), event("X", 9)])).toBeUndefined();
    }
  });

  test("M9 pass over events that have none", () => {
    const events = valued([null, "a", 2, true, null, ["z"]]);
    expect(measured(first, events)).toBe("a");
    expect(measured(last, events)).toBe(true);
    expect(measured(first, valued([NaN, Infinity, 5, -Infinity]))).toBe(5);
    expect(measured(last, valued([NaN, 5, NaN, Infinity]))).toBe(5);
  });

  test("M9 are of the type that was written", () => {
    for (const value of ["1", 1, true, false, "", 0, -1.5]) {
      expect(measured(first, valued([value]))).toBe(value);
      expect(measured(last, valued([value]))).toBe(value);
    }
  });

  test("E3 E4 go by timestamp, then by id, and not by arrival", () => {
    const events = [
      event("X", 5, { x: 2 }, "b"),
      event("X", 5, { x: 3 }, "c"),
      event("X", 5, { x: 1 }, "a"),
      event("X", 4, { x: 0 }, "z"),
      event("X", 6, { x: 4 }, "Z"),
    ];
    for (const order of [events, events.toReversed()]) {
      expect(measured(first, order)).toBe(0);
      expect(measured(last, order)).toBe(4);
      expect(
        measured(
          first,
          order.filter(({ timestamp }) => timestamp === 5),
        ),
      ).toBe(1);
      expect(
        measured(
          last,
          order.filter(({ timestamp }) => timestamp === 5),
        ),
      ).toBe(3);
    }
  });
});

describe("the first and the last value", () => {
  test("W2 the first moves on as events leave, the last goes with its event", () => {
    const program = compile({
      segments: {},
      measures: { first: { ...FIRST, within: "10s" }, last: { ...LAST, within: "10s" } },
    });
    const profile = program.profile();
    profile.record(event("X", 0, { x: "a" }));
    profile.record(event("X", 5_000, { x: "b" }));
    profile.record(event("X", 6_000));
    const at = (now: number): unknown => {
      profile.advance(now);
      return [profile.measure("first"), profile.measure("last")];
    };
    expect(at(9_999)).toEqual(["a", "b"]);
    expect(at(10_000)).toEqual(["b", "b"]);
    expect(at(14_999)).toEqual(["b", "b"]);
    expect(at(15_000)).toEqual([undefined, undefined]);
  });

  test("W6 a late event of `after` moves the first on", () => {
    const profile = profileFor({ ...FIRST, after: "Y", eq: "b" });
    profile.record(event("X", 1, { x: "a" }));
    profile.record(event("X", 3, { x: "b" }));
    expect(profile.record(event("Y", 2))).toEqual([{ segment: "s", change: "entered", at: 3 }]);
    expect(profile.record(event("Y", 3, {}, "A"))).toEqual([]);
    expect(profile.record(event("Y", 3, {}, "Z"))).toEqual([{ segment: "s", change: "exited", at: 3 }]);
  });

  test("P8 the last keeps one value, however narrowed", () => {
    for (const narrowing of NARROWINGS) {
      const profile = profileFor({ ...LAST, ...narrowing, eq: "v99" });
      for (let at = 0; at < 100; at++) profile.record(event("X", at, { x: `v${at}` }));
      expect(JSON.stringify(profile.snapshot()).match(/"v\d/g)).toEqual(['"v9']);
    }
  });
});
