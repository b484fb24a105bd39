import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, decide, nextDecision, parseInstant, type SlotDefinition } from "../src/index.ts";
import { issuesOf } from "./kit/issues.ts";

const all = { all: [] };

function shownAt(hero: SlotDefinition, now: number): string | null | undefined {
  const program = compile({ segments: {}, slots: { hero } });
  const profile = program.profile();
  profile.advance(now);
  return decide(program, profile)["hero"]?.variant;
}

describe("L6 a schedule", () => {
  const from = "2026-11-27T00:00:00Z";
  const to = "2026-11-30T00:00+01:00";
  const [start, end] = [Date.parse(from), Date.parse(to)];

  test.for<[string, number, string | null]>([
    ["before", start - 1, null],
    ["at its beginning", start, "sale"],
    ["at its last", end - 1, "sale"],
    ["at its end", end, null],
  ])("L6 of a variant, %s", ([, now, shown]) => {
    const hero = {
      variants: [{ id: "sale", when: all, content: {}, schedule: { from, to } }],
      fallback: { content: {} },
    };
    expect(shownAt(hero, now)).toBe(shown);
  });

  test("L6 of a slot closes its variants, and not its fallback", () => {
    const hero = { variants: [{ id: "v", when: all, content: {} }], schedule: { from: start, to: end } };
    expect([start - 1, start, end].map((now) => shownAt(hero, now))).toEqual([undefined, "v", undefined]);
    expect(shownAt({ ...hero, fallback: { content: {} } }, end)).toBeNull();
  });

  test("L6 with one end is open on the other side", () => {
    const variant = { id: "v", when: all, content: {} };
    const [before, after] = [{ to: start }, { from: start }].map((schedule) => ({
      variants: [variant],
      schedule,
    }));
    expect([shownAt(before!, -8e15), shownAt(before!, start)]).toEqual(["v", undefined]);
    expect([shownAt(after!, start - 1), shownAt(after!, 8e15)]).toEqual([undefined, "v"]);
  });

  test("L1 L6 a closed variant leaves the place to the next", () => {
    const variants = [
      { id: "sale", when: all, content: {}, schedule: { to: start } },
      { id: "usual", when: all, content: {} },
    ];
    expect([start - 1, start].map((now) => shownAt({ variants }, now))).toEqual(["sale", "usual"]);
  });
});

describe("L7 an instant", () => {
  test("L7 is what the host reads, at every offset and to the millisecond", () => {
    const instant = fc.date({
      min: new Date("0001-01-02T00:00Z"),
      max: new Date("9999-12-30T00:00Z"),
      noInvalidDate: true,
    });
    const two = (part: number): string => String(part).padStart(2, "0");
    const offset = fc
      .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${two(minutes)}`);
    fc.assert(
      fc.property(instant, offset, fc.boolean(), (date, zone, utc) => {
        const text = utc ? date.toISOString() : date.toISOString().replace("Z", zone);
        expect(parseInstant(text)).toBe(Date.parse(text));
      }),
    );
  });

  test("L7 may leave out its seconds, and is ms as well", () => {
    expect(parseInstant("1970-01-02T00:00Z")).toBe(86_400_000);
    expect(parseInstant("1970-01-01T00:00:01.5Z")).toBe(1_500);
    expect(parseInstant(-5)).toBe(-5);
  });

  test.for<unknown>([
    "2026-11-27",
    "2026-11-27T00:00",
    "2026-02-29T00:00Z",
    "2026-13-01T00:00Z",
    "2026-00-01T00:00Z",
    "2026-01-00T00:00Z",
    "2026-01-01T24:00Z",
    "2026-01-01T00:60Z",
    "2026-01-01T00:00:60Z",
    "2026-01-01T00:00+24:00",
    " 2026-01-01T00:00Z",
    1.5,
    9e15,
    NaN,
    null,
    {},
  ])("L7 is not %j", (from) => {
    const issues = issuesOf({ segments: {}, slots: { hero: { variants: [], schedule: { from } } } });
    expect(issues.map(({ path }) => path)).toEqual(["slots.hero.schedule.from"]);
    expect(issues[0]!.message).toContain("2026-11-27T00:00:00Z");
  });

  test.for<[unknown, string, string]>([
    [{}, "schedule", "needs from, to or both"],
    [{ from: 5, to: 5 }, "schedule", "never open"],
    [{ from: 1, until: 5 }, "schedule.until", "unknown key"],
    ["now", "schedule", "must be an object"],
  ])("L7 a schedule is not %j", ([schedule, path, message]) => {
    const variant = { id: "v", when: all, content: {}, schedule };
    const issues = issuesOf({ segments: {}, slots: { hero: { variants: [variant] } } });
    expect(issues[0]!.path).toBe(`slots.hero.variants[0].${path}`);
    expect(issues[0]!.message).toContain(message);
  });
});

test("L10 nextDecision is the next instant at which a schedule of anything opens or closes", () => {
  const program = compile({
    segments: {},
    slots: {
      hero: {
        variants: [{ id: "v", when: all, content: {}, schedule: { from: "1970-01-01T00:00:20Z" } }],
        schedule: { from: 10, to: 50_000 },
      },
    },
    experiments: {
      on: { slot: "hero", variants: [{ id: "a" }, { id: "b" }], schedule: { to: 30_000 } },
      off: { slot: "hero", variants: [{ id: "a" }, { id: "b" }], schedule: { to: 25_000 }, status: "draft" },
    },
  });
  const instants = [];
  for (let at: number | undefined = 0; (at = nextDecision(program, at)) !== undefined;) instants.push(at);
  expect(instants).toEqual([10, 20_000, 30_000, 50_000]);
  expect(nextDecision(compile({ segments: {} }), 0)).toBeUndefined();
});
