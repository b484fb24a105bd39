import { describe, expect, test } from "vitest";
import type { Definition, JourneysState, JourneyStep } from "../../src/index.ts";
import { event } from "../kit/entries.ts";
import { ADDRESS, cartRescue, DAY, done, HOUR, journey, log, runOf, type Said } from "./kit.ts";
import { LiveProfile } from "./live.ts";

const hook = (name: string): JourneyStep => ({ webhook: name });

describe("a run", () => {
  test("Y1 Y3 Y4 Y7 Y8 goes through the cart rescue of the design, each step at its very instant", () => {
    const entries = log([ADDRESS, 0], ["Product Added", 1_000]);
    const run = runOf(cartRescue, entries, 3 * DAY);
    expect(done(run)).toEqual([
      ["mail cart-reminder", 1_000 + 2 * HOUR],
      ["hook ads-audience", 1_000 + 2 * HOUR + DAY],
    ]);
    expect(run.running).toEqual([]);
  });

  test("Y6 Y12 ends with its goal, also at the instant at which a step is due", () => {
    for (const at of [5 * HOUR, 1_000 + 26 * HOUR]) {
      const entries = log([ADDRESS, 0], ["Product Added", 1_000], ["Order Completed", at]);
      expect(done(runOf(cartRescue, entries, 3 * DAY))).toEqual([["mail cart-reminder", 1_000 + 2 * HOUR]]);
    }
  });

  test("Y6 is not ended by an event of its goal that has begun it, or that the filter passes over", () => {
    const goal = { event: "X", where: { total: { $gt: 10 } } };
    const definition = journey([{ wait: "5s" }, hook("a")], { goal });
    expect(done(runOf(definition, log(["X", 0, { total: 99 }]), DAY))).toEqual([["hook a", 5_000]]);
    expect(done(runOf(definition, log(["X", 0], ["X", 1, { total: 9 }]), DAY))).toHaveLength(1);
    expect(done(runOf(definition, log(["X", 0], ["X", 1, { total: 11 }]), DAY))).toEqual([]);
  });

  test("Y1 begins on leaving with `on: exit`, and not for who never was in", () => {
    const enter = { count: "X", within: "10s", gte: 1 } as const;
    const definition = journey([hook("gone")], { enter, on: "exit" });
    expect(done(runOf(definition, log(["X", 7]), DAY))).toEqual([["hook gone", 10_007]]);
    expect(done(runOf(definition, log(["Y", 7]), DAY))).toEqual([]);
  });

  test.for([
    [undefined, [0]],
    ["never", [0]],
    ["always", [0, 20_000, 40_000]],
    ["after 40s", [0, 40_000]],
    ["after 40001ms", [0]],
  ] as const)("Y2 begins again as `again: %s` says", ([again, at]) => {
    const enter = { count: "X", within: "10s", gte: 1 } as const;
    const definition = journey([hook("a")], { enter, ...(again && { again }) });
    const run = runOf(definition, log(["X", 0], ["X", 20_000], ["X", 40_000]), DAY);
    expect(done(run)).toEqual(at.map((instant) => ["hook a", instant]));
  });

  test("Y2 is the only one of its journey at a time, and what is passed over is not made up for", () => {
    const enter = { count: "X", within: "10s", gte: 1 } as const;
    const definition = journey([{ wait: "1m" }, hook("a")], { enter, again: "always" });
    const run = runOf(definition, log(["X", 0], ["X", 20_000], ["X", 70_000]), DAY);
    expect(done(run)).toEqual([
      ["hook a", 60_000],
      ["hook a", 130_000],
    ]);
  });
});

test.for(["constructor", "toString", "__proto__"])("D13 Y1 Y2 a journey may be called %s", (id) => {
  const steps = JSON.stringify([hook("a")]);
  const enter = JSON.stringify({ count: "X", within: "10s", gte: 1 });
  const definition = JSON.parse(
    `{ "segments": {}, "journeys": { ${JSON.stringify(id)}: { "enter": ${enter}, "steps": ${steps} } } }`,
  ) as Definition;
  const entries = log(["X", 0], ["X", 20_000]);
  const run = runOf(definition, entries, DAY);
  expect(done(run)).toEqual([["hook a", 0]]);
  const live = new LiveProfile(definition);
  for (const entry of entries) live.call([entry], entry.timestamp + 1);
  expect(live.effects).toEqual(run.effects);
  // What holds is known, and is no news when it is looked at again.
  expect(Object.keys((JSON.parse(live.state) as JourneysState).holds)).toEqual([id]);
});

describe("a step", () => {
  test("Y3 a wait ends at the millisecond", () => {
    const definition = journey([{ wait: "5s" }, hook("a"), { wait: "1ms" }, hook("b")]);
    const entries = log(["X", 7]);
    expect(done(runOf(definition, entries, 5_006))).toEqual([]);
    expect(done(runOf(definition, entries, 5_007))).toEqual([["hook a", 5_007]]);
    expect(done(runOf(definition, entries, 5_008))).toHaveLength(2);
  });

  test("Y18 a dry run goes to the end where there is none, and takes in no part of a millisecond", () => {
    const definition = journey([{ wait: "5s" }, hook("a")]);
    const entries = log(["X", 7]);
    expect(done(runOf(definition, entries, Infinity))).toEqual([["hook a", 5_007]]);
    expect(done(runOf(definition, entries, 5_007.5))).toEqual([["hook a", 5_007]]);
    expect(done(runOf(definition, entries, 5_006.5))).toEqual([]);
    expect(done(runOf(definition, entries, NaN))).toEqual([]);
  });

  test("Y3 a wait until a condition ends with it, at once where it holds, and after its limit", () => {
    const steps = [{ wait: { until: { count: "Y", gte: 1 }, atMost: "10s" } }, hook("a")] as const;
    const definition = journey(steps);
    const at = (...entries: readonly Said[]) => done(runOf(definition, log(...entries), DAY))[0]?.[1];
    expect(at(["X", 0], ["Y", 4_000])).toBe(4_000);
    expect(at(["Y", 0], ["X", 1])).toBe(1);
    expect(at(["X", 0])).toBe(10_000);
    expect(at(["X", 0], ["Y", 10_001])).toBe(10_000);
  });

  test("Y3 a wait until what time brings ends at that very instant", () => {
    const until = { sinceLast: "X", gte: "3s" } as const;
    const definition = journey([{ wait: { until, atMost: "1d" } }, hook("a")]);
    expect(done(runOf(definition, log(["X", 0], ["X", 2_000]), DAY))).toEqual([["hook a", 5_000]]);
  });

  test("Y4 if asks at its instant, goes into either branch, and on behind both", () => {
    const steps: JourneyStep[] = [
      { wait: "5s" },
      { if: { count: "Y", gte: 1 }, then: [hook("yes"), { if: { all: [] }, then: [] }], else: [hook("no")] },
      hook("on"),
    ];
    const names = (...entries: readonly Said[]) =>
      done(runOf(journey(steps), log(...entries), DAY)).map(([what]) => what);
    expect(names(["X", 0], ["Y", 4_999])).toEqual(["hook yes", "hook on"]);
    expect(names(["X", 0], ["Y", 5_000])).toEqual(["hook yes", "hook on"]);
    expect(names(["X", 0], ["Y", 5_001])).toEqual(["hook no", "hook on"]);
  });

  test("Y5 split takes shares by weight, and the same one for a profile each time", () => {
    const split = [
      { weight: 3, steps: [hook("a")] },
      { weight: 1, steps: [hook("b")] },
    ];
    const enter = { count: "X", within: "10s", gte: 1 } as const;
    const definition = journey([{ split }], { enter, again: "always" });
    const taken = Array.from({ length: 1_000 }, (_none, at) =>
      done(runOf(definition, log(["X", 0], ["X", 20_000]), DAY, `customer:${at}`)),
    );
    for (const [first, second] of taken) expect(second![0]).toBe(first![0]);
    const share = taken.filter(([first]) => first![0] === "hook a").length / taken.length;
    // Five standard deviations of a share of 0.75 of 1,000.
    expect(Math.abs(share - 0.75)).toBeLessThan(5 * Math.sqrt((0.75 * 0.25) / 1_000));
  });
});

describe("what a step says", () => {
  test("Y8 trait and event are seen at that instant, by the next step and by other journeys", () => {
    const definition: Definition = {
      segments: { marked: { trait: { rescue: "yes" } } },
      journeys: {
        a: {
          enter: { count: "X", gte: 1 },
          steps: [
            { trait: { rescue: "yes" } },
            { event: "Rescued", properties: { name: "{{ traits.rescue }}" } },
            { if: { segment: "marked" }, then: [hook("seen")], else: [hook("unseen")] },
          ],
        },
        b: { enter: { count: { event: "Rescued", where: { name: "yes" } }, gte: 1 }, steps: [hook("b")] },
        c: { enter: { segment: "marked" }, steps: [{ end: true }, hook("never")] },
      },
    };
    expect(done(runOf(definition, log(["X", 7]), DAY))).toEqual([
      ["trait rescue", 7],
      ["event Rescued", 7],
      ["hook seen", 7],
      ["hook b", 7],
    ]);
  });

  test("Y8 E3 an event of its own stands where its id says, also before what was there in that millisecond", () => {
    const definition: Definition = {
      segments: {},
      journeys: {
        a: { enter: { count: "X", gte: 1 }, steps: [{ event: "Nudged" }] },
        b: { enter: { sequence: ["Nudged", "X"] }, steps: [hook("b")] },
        c: { enter: { sequence: ["Nudged", "Y"] }, steps: [hook("c")] },
      },
    };
    const entries = [event("X", 7, {}, "z"), event("X", 7, {}, "zz"), event("Y", 9, {}, "a")];
    const run = runOf(definition, entries, DAY);
    expect(done(run)).toEqual([
      ["event Nudged", 7],
      ["hook b", 7],
      ["hook c", 9],
    ]);
    const live = new LiveProfile(definition);
    live.call(entries, DAY);
    expect(live.effects).toEqual(run.effects);
  });

  test("Y16 a text that is one expression becomes the value itself, where it has a default, too", () => {
    const data = {
      age: "{{ traits.age | 0 }}",
      list: "{{ traits.list | none }}",
      none: "{{ traits.none | 0 }}",
      empty: "{{ traits.empty | nothing }}",
      spent: "{{measures.spent|-}}",
      two: "{{ traits.age | 0 }}{{ traits.age | 0 }}",
    };
    const definition: Definition = {
      ...journey([{ webhook: "a", data }]),
      measures: { spent: { avg: "total", of: "Order Completed" } },
    };
    const run = runOf(definition, log([{ age: 5, list: [1, { b: 2 }], empty: "" }, 0], ["X", 5]), DAY);
    expect(run.effects[0]!.action).toMatchObject({
      data: { age: 5, list: [1, { b: 2 }], none: "0", empty: "nothing", spent: "-", two: "55" },
    });
  });

  test("Y16 fills the data of a step, and keeps what is no text", () => {
    const data = {
      price: "{{ measures.spent }}",
      text: "{{traits.a.b}} and {{ traits.none | more }}",
      list: [1, "{{ traits.toString }}"],
    };
    const definition: Definition = {
      ...journey([{ webhook: "a", data }]),
      measures: { spent: { sum: "total", of: "X" } },
    };
    const run = runOf(
      definition,
      log([{ a: { b: "{{ measures.spent }}" } }, 0], ["X", 5, { total: 12.5 }]),
      DAY,
    );
    expect(run.effects[0]!.action).toMatchObject({
      data: { price: 12.5, text: "{{ measures.spent }} and more", list: [1, ""] },
    });
  });
});
