import { describe, expect, test } from "vitest";
import { checkDefinition, type Definition, type JourneyStep } from "../../src/index.ts";
import { quietUntil } from "../../src/journey/quiet-hours.ts";
import { ADDRESS, DAY, done, HOUR, journey, log, runOf, type Said } from "./kit.ts";

const MAIL: JourneyStep = { send: "email", template: "hello" };
const at = (iso: string): number => Date.parse(iso);

describe("an e-mail", () => {
  test("Y7 goes to the address of that instant, and to nobody without one", () => {
    const definition = journey([MAIL]);
    const to = (...entries: readonly Said[]) => {
      const { effects, skipped } = runOf(definition, log(...entries), DAY);
      return [
        effects.map(({ action }) => action.kind === "send" && action.to),
        skipped.map((one) => one.reason),
      ];
    };
    expect(to([{ email: "a@x.example" }, 0], [{ email: "b@x.example" }, 9], ["X", 5])).toEqual([
      ["a@x.example"],
      [],
    ]);
    for (const email of [null, 7, "nobody", "a@x.example\r\nBcc: b@x.example", "a@x.example,b@x.example"])
      expect(to([{ email }, 0], ["X", 5])).toEqual([[], ["no_address"]]);
  });

  test.for(["Unsubscribed", "Email Marked as Spam"])(
    "Y7 does not go to who has %s, until they subscribe",
    (name) => {
      const enter = { count: "X", within: "10s", gte: 1 } as const;
      const definition = journey([MAIL], { enter, again: "always" });
      const entries = log([ADDRESS, 0], [name, 1], ["X", 5], ["Subscribed", 15_000], ["X", 20_000]);
      const run = runOf(definition, entries, DAY);
      expect(done(run)).toEqual([["mail hello", 20_000]]);
      expect(run.skipped).toEqual([{ journey: "j", run: 5, step: "0", dueAt: 5, reason: "unsubscribed" }]);
    },
  );

  test("Y10 is left out over a cap, of its journey or of all together, and the run goes on", () => {
    const steps = [MAIL, { wait: "1d" }, MAIL, { wait: "1d" }, MAIL, { wait: "6d" }, MAIL] as const;
    const own = journey(steps, { cap: { max: 2 } });
    const entries = log([ADDRESS, 0], ["X", 0]);
    const days = (definition: Definition) =>
      done(runOf(definition, entries, 30 * DAY)).map(([, instant]) => instant / DAY);
    expect(days(own)).toEqual([0, 1, 8]);
    const all: Definition = {
      segments: {},
      messages: { cap: { max: 3, within: "2d" } },
      journeys: {
        a: { enter: { count: "X", gte: 1 }, steps: [...steps] },
        b: { enter: { count: "X", gte: 1 }, steps: [...steps] },
      },
    };
    // At exactly two days, the first ones do not count any more.
    expect(days(all)).toEqual([0, 0, 1, 2, 2, 8, 8]);
    expect(days({ ...own, messages: { cap: { max: 0 } } })).toEqual([]);
  });

  test("Y16 has values as text in its words, whatever they hold, as slots have", () => {
    const definition: Definition = {
      ...journey([{ send: "email", template: "t", data: { item: "{{ traits.item }}" } }]),
      templates: {
        t: {
          subject: "For {{ traits.name | you }}",
          html: '<a href="https://x.example/{{ traits.path }}">{{ traits.name }}</a> {{ data.item | it }}',
          text: "{{ traits.name }}",
        },
      },
    };
    const words = (traits: object) =>
      runOf(definition, log([{ ...ADDRESS, ...traits }, 0], ["X", 1]), DAY).effects[0]!.action;
    const name = "<script>alert(1)</script>\r\nBcc: x";
    expect(words({ name, path: '"><script>', item: "{{ traits.email }}" })).toMatchObject({
      content: {
        subject: "For <script>alert(1)</script> Bcc: x",
        html: expect.stringMatching(
          /^<a href="https:\/\/x\.example\/%22%3E%3Cscript%3E">&#60;script&#62;[^<>]*&#60;\/script&#62;[^<>]*<\/a> \{\{ traits\.email \}\}$/,
        ),
        text: name,
      },
    });
    expect(words({})).toMatchObject({
      content: { subject: "For you", html: '<a href="https://x.example/"></a> it' },
    });
    const unsafe = { t: { subject: "s", html: '<a href="{{ traits.url }}">x</a>' } };
    expect(checkDefinition({ ...definition, templates: unsafe })).toMatchObject([
      { path: "templates.t.html" },
    ]);
  });

  test("Y11 has a key of its own for each profile, journey, run and step", () => {
    const enter = { count: "X", within: "10s", gte: 1 } as const;
    const steps = [MAIL, MAIL];
    const definition: Definition = {
      segments: {},
      journeys: { a: { enter, again: "always", steps }, b: { enter, again: "always", steps } },
    };
    const entries = log([ADDRESS, 0], ["X", 0], ["X", 20_000]);
    const runs = ["customer:1", "device:1"].map((name) => runOf(definition, entries, DAY, name));
    const keys = runs.flatMap(({ effects }) => effects.map(({ key }) => key));
    expect(new Set(keys).size).toBe(16);
    expect(runOf(definition, entries, 2 * DAY).effects).toEqual(runs[0]!.effects);
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "08:00", timezone: "Europe/Berlin" };

  test("Y9 hold a message back until they end, in the customer's own timezone", () => {
    const definition = { ...journey([MAIL]), messages: { quietHours: night } };
    const begun = at("2026-06-01T21:30:00Z");
    const when = (traits: object) =>
      done(runOf(definition, log([{ ...ADDRESS, ...traits }, begun], ["X", begun]), begun + DAY))[0]?.[1];
    expect(when({})).toBe(at("2026-06-02T06:00:00Z"));
    expect(when({ timezone: "America/New_York" })).toBe(begun);
    expect(when({ timezone: "Asia/Tokyo" })).toBe(at("2026-06-01T23:00:00Z"));
    expect(when({ timezone: "Nowhere/Land" })).toBe(at("2026-06-02T06:00:00Z"));
  });

  test("Y9 go with the message, in the customer's own timezone, for who brings it late", () => {
    const definition = journey([MAIL], { quietHours: night });
    const told = (timezone: string) =>
      runOf(definition, log([{ ...ADDRESS, timezone }, 0], ["X", 0]), DAY).effects.map(
        ({ action }) => action.kind === "send" && action.quietHours,
      );
    expect(told("Asia/Tokyo")).toEqual([{ ...night, timezone: "Asia/Tokyo" }]);
    expect(told("Nowhere/Land")).toEqual([night]);
    const [loud] = runOf(journey([MAIL]), log([ADDRESS, 0], ["X", 0]), DAY).effects;
    expect(loud!.action).not.toHaveProperty("quietHours");
  });

  test("Y6 Y9 a goal that is reached meanwhile ends the run, and the message is never sent", () => {
    const begun = at("2026-06-01T21:30:00Z");
    const definition = journey([MAIL], { goal: "Order Completed", quietHours: night });
    const entries = log([ADDRESS, begun], ["X", begun], ["Order Completed", begun + HOUR]);
    expect(done(runOf(definition, entries, begun + DAY))).toEqual([]);
  });

  test.for([
    // The night on which Berlin's 02:00 becomes 03:00: an hour shorter.
    ["Europe/Berlin", "22:00", "08:00", "2026-03-28T22:00:00Z", "2026-03-29T06:00:00Z"],
    // The night on which 03:00 becomes 02:00: an hour longer.
    ["Europe/Berlin", "22:00", "08:00", "2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z"],
    ["America/New_York", "22:00", "08:00", "2026-03-08T04:00:00Z", "2026-03-08T12:00:00Z"],
    ["America/New_York", "22:00", "08:00", "2026-11-01T03:00:00Z", "2026-11-01T13:00:00Z"],
    // 02:30 is not there on that day: the clock jumps over it, and at 03:00 it is quiet no more.
    ["Europe/Berlin", "22:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"],
    ["America/New_York", "22:00", "02:30", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z"],
    // 02:30 comes twice: the first is the end, and the second time it is quiet again until the second.
    ["Europe/Berlin", "22:00", "02:30", "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z"],
    ["Europe/Berlin", "22:00", "02:30", "2026-10-25T01:10:00Z", "2026-10-25T01:30:00Z"],
    ["America/New_York", "22:00", "01:30", "2026-11-01T06:10:00Z", "2026-11-01T06:30:00Z"],
    // Begins within the hour that is missing: from 03:00 on it is quiet.
    ["Europe/Berlin", "02:30", "05:00", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"],
    ["Asia/Kathmandu", "09:00", "17:00", "2026-06-01T03:15:00Z", "2026-06-01T11:15:00Z"],
  ])("Y9 in %s from %s to %s, at %s, end at %s", ([timezone, from, to, instant, end]) => {
    expect(quietUntil({ from: from!, to: to!, timezone: timezone! }, undefined, at(instant!))).toBe(at(end!));
  });

  test(
    "Y9 end at the first instant that is not quiet, and last no longer: against every fifth minute around the changes",
    { timeout: 20_000 },
    () => {
      for (const timezone of ["Europe/Berlin", "America/New_York"])
        for (const [from, to] of [
          ["22:00", "08:00"],
          ["02:15", "02:45"],
          ["00:30", "02:30"],
        ] as const) {
          const quiet = { from, to, timezone };
          for (const day of ["2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-06-01"]) {
            const start = at(`${day}T00:00:00Z`) - 12 * HOUR;
            let next: number | undefined;
            for (let minute = 36 * 60; minute >= 0; minute -= 5) {
              const instant = start + minute * 60_000;
              const isQuiet = shows(timezone, instant, from, to);
              if (!isQuiet) next = instant;
              if (next !== undefined)
                expect(quietUntil(quiet, undefined, instant)).toBe(isQuiet ? next : undefined);
            }
          }
        }
    },
  );
});

/** What a wall clock shows, read by its words: whether that is in between. */
function shows(timeZone: string, instant: number, from: string, to: string): boolean {
  const time = new Date(instant).toLocaleTimeString("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
  });
  return from < to ? from <= time && time < to : time >= from || time < to;
}
