import { describe, expect, test } from "vitest";
import { compile, type Condition, type EventEntry } from "../src/index.ts";
import { event, holds, isIn, profileFor } from "./kit/entries.ts";

/** One event for each letter, 1,000 ms apart from 0; a dot is a second in which nothing happens. */
function letters(text: string): EventEntry[] {
  return [...text].flatMap((name, at) => (name === "." ? [] : [event(name, at * 1_000)]));
}

describe("a sequence", () => {
  test.for<[string, string, boolean]>([
    ["A", "A", true],
    ["A", "B", false],
    ["AB", "AB", true],
    ["AB", "BA", false],
    ["AB", "AXB", true],
    ["AB", "BAB", true],
    ["ABC", "ACB", false],
    ["ABC", "ACBC", true],
    ["AA", "A", false],
    ["AA", "AA", true],
    ["ABA", "ABA", true],
    ["ABA", "AB", false],
    ["ABA", "BAAB", false],
    ["AAB", "ABA", false],
    ["AAB", "ABAB", true],
  ])("Q1 of %s in %s: %s", ([steps, log, wanted]) => {
    expect(holds({ sequence: [...steps] }, letters(log))).toBe(wanted);
  });

  test("Q1 one event stands for one step, though several take it", () => {
    const steps = [{ event: ["A", "B"] }, { event: ["B", "C"] }, { event: ["A", "B", "C"] }];
    expect(holds({ sequence: steps }, letters("BB"))).toBe(false);
    expect(holds({ sequence: steps }, letters("BBB"))).toBe(true);
    expect(holds({ sequence: steps }, letters("ACB"))).toBe(true);
    expect(holds({ sequence: steps }, letters("CAC"))).toBe(false);
  });

  test("Q1 S3 a step takes what its filter matches", () => {
    const steps = ["shoes", "hats"].map((category) => ({ event: "X", where: { category } }));
    const hats = event("X", 1, { category: "hats" });
    const shoes = event("X", 2, { category: "shoes" });
    expect(holds({ sequence: steps }, [hats, shoes])).toBe(false);
    expect(holds({ sequence: steps }, [hats, shoes, event("X", 3, { category: "hats" })])).toBe(true);
  });

  test("Q2 within one millisecond goes by id", () => {
    const sequence = ["A", "B"];
    expect(holds({ sequence }, [event("A", 1, {}, "1"), event("B", 1, {}, "2")])).toBe(true);
    expect(
      holds({ sequence }, [event("A", 1, {}, "2"), event("B", 1, {}, "3"), event("B", 1, {}, "1")]),
    ).toBe(true);
    const profile = profileFor({ sequence });
    const log = [event("A", 1, {}, "2"), event("B", 1, {}, "1")];
    for (const entry of log) profile.record(entry);
    expect(profile.needsReplay).toBe(true);
    profile.replay(log);
    expect(isIn(profile)).toBe(false);
  });

  test.for([
    ["1999ms", false],
    ["2s", true],
    ["2001ms", true],
  ] as const)("Q3 spans %s: %s", ([span, wanted]) => {
    expect(holds({ sequence: ["A", "B"], span }, letters("A.B"))).toBe(wanted);
  });

  test("Q3 Q6 a run that takes too long does not hide a later one", () => {
    expect(holds({ sequence: ["A", "B", "C"], span: "3s" }, letters("A.BABC"))).toBe(true);
    expect(holds({ sequence: ["A", "B", "C"], span: "3s" }, letters("AAB..C"))).toBe(false);
    expect(holds({ sequence: ["A", "B"], span: "0ms" }, letters("AB"))).toBe(false);
    expect(holds({ sequence: ["A"], span: "0ms" }, letters("A"))).toBe(true);
  });

  test.for<[string, string, boolean]>([
    ["X", "AXB", false],
    ["X", "XAB", true],
    ["X", "ABX", true],
    ["X", "AXAB", true],
    ["X", "AAXB", false],
    ["A", "AB", true],
    ["A", "AAB", true],
    ["B", "AB", true],
    ["B", "ABB", true],
  ])("Q4 without %s strictly between, A then B in %s: %s", ([without, log, wanted]) => {
    expect(holds({ sequence: ["A", "B"], without }, letters(log))).toBe(wanted);
  });

  test("Q4 Q6 an event between may be a step itself, and is between all the same", () => {
    expect(holds({ sequence: ["A", "B", "C"], without: "B" }, letters("ABC"))).toBe(false);
    expect(holds({ sequence: ["A", "A", "A"], without: "A" }, letters("AAAA"))).toBe(false);
    expect(holds({ sequence: ["A", "A"], without: "A" }, letters("AAA"))).toBe(true);
    expect(holds({ sequence: ["A", "B", "C"], without: "X" }, letters("AXABXBC"))).toBe(false);
  });
});

describe("a sequence within a window", () => {
  test("Q5 ends when the first event of the last run leaves the window", () => {
    const profile = profileFor({ sequence: ["A", "B"], within: "10s" });
    for (const entry of letters("AAB..B")) profile.record(entry);
    expect(profile.nextChange()).toBe(11_000);
    expect(profile.explain("s")!.until).toBe(11_000);
    expect(profile.advance(60_000)).toEqual([{ segment: "s", change: "exited", at: 11_000 }]);
    expect(profile.nextChange()).toBeUndefined();
  });

  test("Q5 that comes to its end as it leaves the window is not there", () => {
    const within: Condition = { sequence: ["A", "B"], within: "2s" };
    expect(holds(within, letters("A.B"))).toBe(false);
    expect(holds(within, [event("A", 1), event("B", 2_000)])).toBe(true);
    expect(holds(within, [event("A", 1), event("B", 2_000)], 2_001)).toBe(false);
  });

  test("Q5 may begin anew after it has ended", () => {
    const profile = profileFor({ sequence: ["A", "B"], within: "2s", span: "1s" });
    for (const entry of letters("AB")) profile.record(entry);
    profile.advance(10_000);
    expect(isIn(profile)).toBe(false);
    profile.record(event("B", 11_000));
    expect(isIn(profile)).toBe(false);
    profile.record(event("A", 12_000));
    expect(profile.record(event("B", 13_000))).toEqual([{ segment: "s", change: "entered", at: 13_000 }]);
  });

  test("Q1 is there for good without a window", () => {
    const profile = profileFor({ sequence: ["A", "B"] });
    for (const entry of letters("AB")) profile.record(entry);
    expect(profile.nextChange()).toBeUndefined();
    expect(profile.advance(1e12)).toEqual([]);
  });
});

describe("an event late for a sequence", () => {
  test("Q7 P3 P4 in its middle needs the log, which gives the right answer", () => {
    const profile = profileFor({ sequence: ["A", "B", "C"] });
    const log = letters("ABC");
    for (const entry of [log[0]!, log[2]!]) profile.record(entry);
    expect(profile.needsReplay).toBe(false);
    profile.record(log[1]!);
    expect(profile.needsReplay).toBe(true);
    expect(isIn(profile)).toBe(false);
    expect(profile.replay(log)).toEqual([{ segment: "s", change: "entered", at: 2_000 }]);
    expect(profile.needsReplay).toBe(false);
  });

  test("Q7 Q4 that stands in its way undoes it", () => {
    const profile = profileFor({ sequence: ["A", "B"], without: "X" });
    const log = letters("AXB");
    for (const entry of [log[0]!, log[2]!]) profile.record(entry);
    expect(isIn(profile)).toBe(true);
    profile.record(log[1]!);
    expect(profile.needsReplay).toBe(true);
    expect(profile.replay(log)).toEqual([{ segment: "s", change: "exited", at: 2_000 }]);
  });

  test("P3 S3 is taken in as it is where the filters let through none of those behind it", () => {
    const profile = profileFor({ sequence: [{ event: "A", where: { x: 1 } }, "B"] });
    profile.record(event("A", 9_000, { x: 2 }));
    expect(profile.needsReplay).toBe(false);
    profile.record(event("A", 1_000, { x: 1 }));
    expect(profile.needsReplay).toBe(false);
    profile.record(event("A", 500, { x: 2 }));
    expect(profile.needsReplay).toBe(false);
    expect(profile.record(event("B", 9_000))).toEqual([{ segment: "s", change: "entered", at: 9_000 }]);
  });

  test("P3 is taken in as it is where it is the last of those that matter, or matters not", () => {
    const profile = profileFor({ sequence: ["A", "B"] });
    profile.record(event("A", 1_000));
    profile.record(event("Z", 9_000));
    profile.record(event("Y", 500));
    expect(profile.record(event("B", 2_000))).toEqual([{ segment: "s", change: "entered", at: 9_000 }]);
    expect(profile.needsReplay).toBe(false);
  });

  test("P3 P6 is still to be placed after a snapshot", () => {
    const program = compile({ segments: { s: { sequence: ["A", "B"] } } });
    const profile = program.profile();
    for (const entry of letters("AB").toReversed()) profile.record(entry);
    const copy = program.profile(JSON.parse(JSON.stringify(profile.snapshot())));
    expect(copy.needsReplay).toBe(true);
    copy.replay(letters("AB"));
    expect(isIn(copy)).toBe(true);
  });
});

describe("the state of a sequence", () => {
  test("P8 does not grow with the log", () => {
    const profile = profileFor({ sequence: ["A", "B", "A", "C"], within: "1d", span: "1h", without: "X" });
    for (let at = 0; at < 600; at++) profile.record(event("ABABAC"[at % 6]!, at));
    expect(isIn(profile)).toBe(true);
    expect(JSON.stringify(profile.snapshot()).length).toBeLessThan(300);
  });
});
