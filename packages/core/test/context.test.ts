import { describe, expect, test } from "vitest";
import { compile, decide, type Context, type Definition, type Profile } from "../src/index.ts";
import { event } from "./kit/entries.ts";

const VIEWED = { count: "Product Viewed", within: "1h", gte: 1 } as const;
const MOBILE: Context = { device: "mobile", utm: { source: "mail" } };
const DESKTOP: Context = { device: "desktop" };

const definition: Definition = {
  segments: {
    viewer: VIEWED,
    mobile: { context: { device: "mobile" } },
    mailed: { all: [{ segment: "viewer" }, { context: { "utm.source": "mail" } }] },
    reached: { any: [{ segment: "mailed" }, { segment: "nobody" }] },
    elsewhere: { not: { segment: "mobile" } },
    two: { atLeast: 2, of: [VIEWED, { segment: "mobile" }, { context: { country: "IT" } }] },
    nobody: { any: [] },
  },
};
const program = compile(definition);

function viewer(): Profile {
  const profile = program.profile();
  profile.record(event("Product Viewed", 0));
  return profile;
}

describe("a segment that reaches the context", () => {
  test("X1 X2 is there only where a context is given, and then in order", () => {
    const profile = viewer();
    expect(profile.segments()).toEqual(["viewer"]);
    expect(profile.segments(MOBILE)).toEqual(["mailed", "mobile", "reached", "two", "viewer"]);
    expect(profile.segments(DESKTOP)).toEqual(["elsewhere", "viewer"]);
    expect(profile.segments({})).toEqual(["elsewhere", "viewer"]);
    expect(profile.segments()).toEqual(["viewer"]);
  });

  test("X2 makes no transitions, and nothing is due for it alone", () => {
    const profile = program.profile();
    expect(profile.record(event("Product Viewed", 0))).toEqual([
      { segment: "viewer", change: "entered", at: 0 },
    ]);
    profile.segments(MOBILE);
    expect(profile.advance(3_600_000)).toEqual([{ segment: "viewer", change: "exited", at: 3_600_000 }]);
    expect(profile.segments(MOBILE)).toEqual(["mobile"]);
  });

  test("X2 goes by the profile's own time where it asks for both", () => {
    const profile = viewer();
    profile.advance(3_599_999);
    expect(profile.segments(MOBILE)).toContain("mailed");
    profile.advance(3_600_000);
    expect(profile.segments(MOBILE)).not.toContain("mailed");
  });

  test("X5 holds nobody before anything is known of them", () => {
    expect(program.profile().segments(MOBILE)).toEqual([]);
  });

  test("X2 P6 is the same after a snapshot, and P12 changes nothing by being asked for", () => {
    const profile = viewer();
    const before = JSON.stringify(profile.snapshot());
    const copy = program.profile(JSON.parse(before));
    expect(copy.segments(MOBILE)).toEqual(profile.segments(MOBILE));
    expect(JSON.stringify(profile.snapshot())).toBe(before);
  });

  test("X3 P9 is explained for a visit, and without one its context is false", () => {
    const profile = viewer();
    expect(profile.explain("mailed", MOBILE)).toMatchObject({ result: true, until: 3_600_000 });
    expect(profile.explain("mailed")).toMatchObject({ result: false });
    expect(profile.explain("mailed")!.of!.map(({ result }) => result)).toEqual([true, false]);
    expect(profile.explain("elsewhere")).toMatchObject({ result: true });
    expect(profile.explain("elsewhere", MOBILE)).toMatchObject({ result: false });
  });

  test("D13 X1 reads own properties of the context only", () => {
    const odd = compile({
      segments: { s: { context: { "constructor.name": { $exists: true } } }, t: { context: { a: 1 } } },
    }).profile();
    odd.advance(0);
    expect(odd.segments({ a: 1 })).toEqual(["t"]);
  });
});

/** Hour and weekday that segments see at an instant, in a timezone. */
function localTime(iso: string, timezone: string): [hour: number, weekday: number] {
  const hours = Array.from({ length: 24 }, (_none, hour) => [`h${hour}`, { context: { hour } }]);
  const weekdays = Array.from({ length: 8 }, (_none, weekday) => [`w${weekday}`, { context: { weekday } }]);
  const profile = compile({ segments: Object.fromEntries([...hours, ...weekdays]) }).profile();
  profile.advance(Date.parse(iso));
  const found = profile.segments({ timezone });
  expect(found).toHaveLength(2);
  return [Number(found[0]!.slice(1)), Number(found[1]!.slice(1))];
}

describe("hour and weekday", () => {
  test.for<[string, string, number, number]>([
    // 31 March 2024 is a Sunday: in Berlin, 02:00 to 03:00 is left out.
    ["2024-03-31T00:59:59.999Z", "Europe/Berlin", 1, 7],
    ["2024-03-31T01:00:00.000Z", "Europe/Berlin", 3, 7],
    // 27 October 2024 is a Sunday: 02:00 to 03:00 is there twice.
    ["2024-10-27T00:30:00Z", "Europe/Berlin", 2, 7],
    ["2024-10-27T01:30:00Z", "Europe/Berlin", 2, 7],
    ["2024-10-27T02:00:00Z", "Europe/Berlin", 3, 7],
    ["2024-10-27T23:00:00Z", "Europe/Berlin", 0, 1],
    ["2024-11-03T05:59:59Z", "America/New_York", 1, 7],
    ["2024-11-03T06:00:00Z", "America/New_York", 1, 7],
    ["2024-11-03T07:00:00Z", "America/New_York", 2, 7],
    ["2024-02-29T18:15:00Z", "Asia/Kathmandu", 0, 5],
    ["2024-12-31T10:00:00Z", "Pacific/Kiritimati", 0, 3],
    ["1969-12-31T23:59:59.999Z", "UTC", 23, 3],
  ])("X4 at %s in %s are %d and %d", ([iso, timezone, hour, weekday]) => {
    expect(localTime(iso, timezone)).toEqual([hour, weekday]);
  });

  test.for<Context>([
    {},
    { timezone: "Mars/Olympus" },
    { timezone: "" },
    { timezone: 5 },
    { timezone: null },
  ])("X4 are missing with %j", (context) => {
    const profile = compile({
      segments: {
        s: { any: [{ context: { hour: { $exists: true } } }, { context: { weekday: { $gte: 0 } } }] },
      },
    }).profile();
    profile.advance(0);
    expect(profile.segments(context)).toEqual([]);
  });

  test("X4 what the context itself says goes before", () => {
    const profile = compile({ segments: { s: { context: { hour: 5 } } } }).profile();
    profile.advance(0);
    expect(profile.segments({ timezone: "UTC", hour: 5 })).toEqual(["s"]);
  });

  test("X4 go with the clock", () => {
    const profile = compile({ segments: { night: { context: { hour: { $lt: 6 } } } } }).profile();
    const at = (iso: string): string[] => {
      profile.advance(Date.parse(iso));
      return profile.segments({ timezone: "Europe/Rome" });
    };
    expect(at("2024-07-01T03:59:59.999Z")).toEqual(["night"]);
    expect(at("2024-07-01T04:00:00.000Z")).toEqual([]);
  });
});

describe("a slot with a contextual variant", () => {
  const shop = compile({
    ...definition,
    slots: {
      hero: {
        variants: [
          { id: "mailed", when: { segment: "mailed" }, content: { title: "From our letter" } },
          { id: "small", when: { context: { device: "mobile" } }, content: { title: "Small" } },
          { id: "viewer", when: { segment: "viewer" }, content: { title: "Back again?" } },
        ],
        fallback: { content: { title: "Welcome" } },
      },
    },
  });

  test("L1 X2 is decided for the visit", () => {
    const profile = shop.profile();
    const shown = (context?: Context): unknown =>
      decide(shop, profile, { names: ["hero"], context })["hero"]!.variant;
    profile.advance(0);
    expect([shown(MOBILE), shown(DESKTOP), shown()]).toEqual(["small", null, null]);
    profile.record(event("Product Viewed", 1));
    expect([shown(MOBILE), shown(DESKTOP), shown()]).toEqual(["mailed", "viewer", "viewer"]);
  });

  test("L3 X5 shows the fallback to somebody of whom nothing is known", () => {
    expect(decide(shop, shop.profile(), { names: ["hero"], context: MOBILE })["hero"]!.variant).toBeNull();
  });

  test("L4 says why", () => {
    const profile = shop.profile();
    profile.advance(0);
    expect(decide(shop, profile, { names: ["hero"], context: MOBILE })["hero"]!.why).toContain("small");
  });
});

describe("X3 X4 a visit", () => {
  test("X3 without a context is none, not one of which everything is missing", () => {
    const when = { context: { device: { $ne: "mobile" } } };
    const program = compile({
      segments: {},
      slots: { hero: { variants: [{ id: "v", when, content: {} }] } },
    });
    const profile = program.profile();
    profile.advance(0);
    const shown = (context?: Context): string[] => Object.keys(decide(program, profile, { context }));
    expect([shown(), shown({}), shown(MOBILE)]).toEqual([[], ["hero"], []]);
  });

  test("X4 knows the seven days of the week", () => {
    const days = [1, 2, 3, 4, 5, 6, 7];
    const profile = compile({
      segments: Object.fromEntries(
        days.map((weekday) => [`day-${weekday}`, { context: { weekday } }] as const),
      ),
    }).profile();
    for (const weekday of days) {
      // 5 January 2026 is a Monday.
      profile.advance(Date.UTC(2026, 0, 4 + weekday, 12));
      expect(profile.segments({ timezone: "UTC" })).toEqual([`day-${weekday}`]);
    }
  });
});
