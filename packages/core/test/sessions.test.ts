import { describe, expect, test } from "vitest";
import { compile, type EventEntry } from "../src/index.ts";
import { event, holds, identify, isIn, measured, profileFor } from "./kit/entries.ts";

const MINUTE = 60_000;
/** A session ends so long after its last event. */
const GAP = 30 * MINUTE;
const VIEWS = { count: "Product Viewed", within: "session" } as const;

function viewsAt(...instants: number[]): EventEntry[] {
  return instants.map((at) => event("Product Viewed", at));
}

describe("a session", () => {
  test.for([
    [GAP - 1, 2],
    [GAP, 1],
    [GAP + 1, 1],
  ] as const)("W4 of two events %d ms apart holds %d of them", ([apart, wanted]) => {
    expect(measured(VIEWS, viewsAt(0, apart))).toBe(wanted);
  });

  test("W4 is held together by events of any name, taken or not", () => {
    const events = [
      ...viewsAt(0),
      event("Signed In", 20 * MINUTE),
      event("Cart Viewed", 40 * MINUTE),
      ...viewsAt(60 * MINUTE),
    ];
    expect(measured(VIEWS, events)).toBe(2);
    expect(measured(VIEWS, events, 90 * MINUTE - 1)).toBe(2);
    expect(measured({ sinceFirst: "Product Viewed", within: "session" }, events)).toBe(60 * MINUTE);
  });

  test("W4 D10 has no private event in it, whenever that comes", () => {
    const { profile } = compile({
      segments: {
        wrote: { when: { count: "Diary Written", within: "session", gte: 1 }, evaluate: "device" },
        did: {
          when: { count: { event: ["Diary Written", "Product Viewed"] }, within: "session", gte: 2 },
          evaluate: "device",
        },
        since: { when: { ...VIEWS, after: "Diary Written", eq: 1 }, evaluate: "device" },
      },
      private: ["Diary Written"],
    });
    const written = event("Diary Written", 10 * MINUTE);
    const views = viewsAt(0, 20 * MINUTE);
    for (const entries of [
      [written, ...views],
      [...views, written],
    ]) {
      const someone = profile();
      for (const entry of entries) someone.record(entry);
      if (someone.needsReplay) someone.replay(entries);
      expect(someone.segments()).toEqual(["did", "since"]);
      expect(someone.advance(20 * MINUTE + GAP).map(({ segment }) => segment)).toEqual(["did", "since"]);
    }
    const alone = profile();
    expect(alone.record(written)).toEqual([]);
    alone.record(viewsAt(99 * MINUTE)[0]!);
    expect(alone.segments()).toEqual(["since"]);
  });

  test("W4 is not held together by an identify call", () => {
    const profile = profileFor({ ...VIEWS, gte: 1 });
    profile.record(event("Product Viewed", 0));
    profile.identify(identify(20 * MINUTE, { tier: "vip" }));
    expect(profile.advance(60 * MINUTE)).toEqual([{ segment: "s", change: "exited", at: GAP }]);
  });

  test("W5 is over when its last event is 30 minutes old, to the millisecond", () => {
    const profile = profileFor({ ...VIEWS, gte: 1 });
    profile.record(event("Product Viewed", 0));
    profile.record(event("Signed In", 10 * MINUTE));
    expect(profile.nextChange()).toBe(10 * MINUTE + GAP);
    expect(profile.explain("s")!.until).toBe(10 * MINUTE + GAP);
    profile.advance(10 * MINUTE + GAP - 1);
    expect(isIn(profile)).toBe(true);
    expect(profile.advance(10 * MINUTE + GAP)).toEqual([
      { segment: "s", change: "exited", at: 10 * MINUTE + GAP },
    ]);
  });

  test("W5 that begins with another event holds nothing of the one before", () => {
    const profile = profileFor({ ...VIEWS, gte: 1 });
    profile.record(event("Product Viewed", 0));
    expect(profile.record(event("Signed In", GAP))).toEqual([{ segment: "s", change: "exited", at: GAP }]);
    expect(isIn(profile)).toBe(false);
  });

  test("W5 keeps nothing, so that what is missing is missing", () => {
    for (const kind of ["avg", "min", "max", "favorite", "first", "last"])
      expect(
        holds({ [kind]: "x", of: "X", within: "session", ne: 7 } as never, [event("X", 0, { x: 5 })], GAP),
      ).toBe(false);
    expect(measured({ sum: "x", of: "X", within: "session" }, [event("X", 0, { x: 5 })], GAP)).toBe(0);
    expect(measured({ distinct: "x", of: "X", within: "session" }, [event("X", 0, { x: 5 })], GAP)).toBe(0);
  });

  test("W7 and after narrow together", () => {
    const events = [
      event("Order Completed", 0),
      ...viewsAt(MINUTE),
      ...viewsAt(2 * GAP),
      event("Order Completed", 2 * GAP + MINUTE),
      ...viewsAt(2 * GAP + 2 * MINUTE),
    ];
    const measure = { ...VIEWS, after: "Order Completed" } as const;
    expect(measured(measure, events.slice(0, 2))).toBe(1);
    expect(measured(measure, events.slice(0, 3))).toBe(1);
    expect(measured(measure, events)).toBe(1);
  });
});

describe("a late event", () => {
  test("W8 that joins on behind a session that had ended brings it back", () => {
    const profile = profileFor({ ...VIEWS, gte: 1 });
    profile.record(event("Product Viewed", 0));
    profile.advance(GAP + MINUTE);
    expect(profile.record(event("Signed In", 20 * MINUTE))).toEqual([
      { segment: "s", change: "entered", at: GAP + MINUTE },
    ]);
    expect(profile.needsReplay).toBe(false);
    expect(profile.nextChange()).toBe(20 * MINUTE + GAP);
  });

  test("W8 that stands before the session by 30 minutes is of no session that counts", () => {
    const profile = profileFor({ ...VIEWS, gte: 2 });
    profile.record(event("Product Viewed", 2 * GAP));
    expect(profile.record(event("Product Viewed", GAP))).toEqual([]);
    expect(profile.needsReplay).toBe(false);
  });

  test("P3 W8 that would lengthen it backwards needs the log, which joins what it bridges", () => {
    const program = compile({ segments: { s: { ...VIEWS, gte: 3 } }, measures: { views: VIEWS } });
    const profile = program.profile();
    const log = [...viewsAt(0, 40 * MINUTE), event("Signed In", 20 * MINUTE), ...viewsAt(45 * MINUTE)];
    profile.record(log[0]!);
    profile.record(log[1]!);
    expect(profile.measure("views")).toBe(1);
    profile.record(log[2]!);
    expect(profile.needsReplay).toBe(true);
    profile.record(log[3]!);
    expect(profile.replay(log)).toEqual([{ segment: "s", change: "entered", at: 45 * MINUTE }]);
    expect(profile.needsReplay).toBe(false);
    expect(profile.measure("views")).toBe(3);
  });

  test("P3 within the session is taken in as it is", () => {
    const profile = profileFor({ ...VIEWS, gte: 3 });
    for (const entry of viewsAt(0, 20 * MINUTE)) profile.record(entry);
    expect(profile.record(event("Product Viewed", 10 * MINUTE))).toHaveLength(1);
    expect(profile.needsReplay).toBe(false);
  });
});

describe("the state of a session", () => {
  test("P8 keeps only so many timestamps as a comparison can tell apart", () => {
    const profile = profileFor({ ...VIEWS, gte: 3 });
    for (const entry of viewsAt(...Array(500).keys())) profile.record(entry);
    expect(JSON.stringify(profile.snapshot()).length).toBeLessThan(250);
  });

  test("P8 forgets the session before", () => {
    const profile = compile({ segments: {}, measures: { views: VIEWS } }).profile();
    for (const entry of viewsAt(...Array(500).keys())) profile.record(entry);
    profile.record(event("Signed In", 2 * GAP));
    expect(JSON.stringify(profile.snapshot()).length).toBeLessThan(250);
  });
});
