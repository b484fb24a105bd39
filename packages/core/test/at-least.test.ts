import { describe, expect, test } from "vitest";
import { compile, type Condition } from "../src/index.ts";
import { event, holds, profileFor } from "./kit/entries.ts";

const [A, B, C] = ["A", "B", "C"].map((name): Condition => ({ count: name, within: "10s", gte: 1 })) as [
  Condition,
  Condition,
  Condition,
];

describe("at least so many", () => {
  test.for<[number, string, boolean]>([
    [0, "", true],
    [1, "", false],
    [1, "B", true],
    [2, "B", false],
    [2, "AC", true],
    [2, "ABC", true],
    [3, "AC", false],
    [3, "ABC", true],
    [4, "ABC", false],
  ])("N4 %d of three, %s being there: %s", ([atLeast, there, wanted]) => {
    const events = [...there].map((name) => event(name, 0));
    expect(holds({ atLeast, of: [A, B, C] }, events, 0)).toBe(wanted);
    expect(holds({ not: { atLeast, of: [A, B, C] } }, events, 0)).toBe(!wanted);
  });

  test("N4 of nothing holds only for none", () => {
    expect(holds({ atLeast: 0, of: [] }, [], 0)).toBe(true);
    expect(holds({ atLeast: 1, of: [] }, [], 0)).toBe(false);
  });

  test("N4 counts a part twice that stands twice", () => {
    expect(holds({ atLeast: 2, of: [A, A] }, [event("A", 0)])).toBe(true);
    expect(holds({ atLeast: 3, of: [A, A, B] }, [event("A", 0)])).toBe(false);
  });

  test("N4 C5 is entered and left with the part that makes the number", () => {
    const profile = profileFor({ atLeast: 2, of: [A, B, C] });
    profile.record(event("A", 0));
    expect(profile.record(event("B", 4_000))).toEqual([{ segment: "s", change: "entered", at: 4_000 }]);
    expect(profile.record(event("C", 6_000))).toEqual([]);
    expect(profile.advance(60_000)).toEqual([{ segment: "s", change: "exited", at: 14_000 }]);
  });

  test("N4 P9 P10 is explained with its parts, and the instant at which too few are left", () => {
    const profile = profileFor({ atLeast: 2, of: [A, B, C] });
    for (const [at, name] of [..."ABC"].entries()) profile.record(event(name, at));
    const { result, until, of } = profile.explain("s")!;
    expect({ result, until }).toEqual({ result: true, until: 10_001 });
    expect(of!.map((part) => part.until)).toEqual([10_000, 10_001, 10_002]);
  });

  test("N4 N5 counts segments", () => {
    const profile = compile({
      segments: { a: A, b: B, both: { atLeast: 2, of: [{ segment: "a" }, { segment: "b" }] } },
    }).profile();
    profile.record(event("A", 0));
    profile.record(event("B", 0));
    expect(profile.segments()).toEqual(["a", "b", "both"]);
  });
});
