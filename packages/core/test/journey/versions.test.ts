import { describe, expect, test } from "vitest";
import { compile, deviceDefinition, dryRun, edgeDefinition, type Definition } from "../../src/index.ts";
import { ADDRESS, cartRescue, DAY, done, HOUR, journey, log, runOf } from "./kit.ts";
import { LiveProfile } from "./live.ts";

const inShort = (profile: LiveProfile) =>
  done({ profile: "", effects: profile.effects, skipped: [], running: [] });

/** An X begins it; ten seconds later it asks `when`. */
const asking = (when: object, name: string): Definition =>
  ({
    segments: { s: when },
    journeys: {
      j: {
        enter: { count: "X", gte: 1 },
        again: "always",
        steps: [
          { wait: "10s" },
          { if: { segment: "s" }, then: [{ webhook: `${name} yes` }], else: [{ webhook: `${name} no` }] },
          { wait: "10s" },
          { webhook: `${name} end` },
        ],
      },
    },
  }) as Definition;

describe("a journey that changes while it runs", () => {
  test("Y13 is followed to its end as it began: its steps, and the segments that they name", () => {
    const profile = new LiveProfile(asking({ count: "Y", gte: 1 }, "old"));
    profile.call(log(["X", 0]), 1_000);
    profile.definition = asking({ count: "Z", gte: 1 }, "new");
    profile.call([{ type: "event", id: "y", name: "Y", timestamp: 5_000 }], 9_999);
    expect(inShort(profile)).toEqual([]);
    profile.call([], 60_000);
    expect(inShort(profile)).toEqual([
      ["hook old yes", 10_000],
      ["hook old end", 20_000],
    ]);
    expect(JSON.parse(profile.state)).toMatchObject({ runs: [], versions: {} });
  });

  test("Y13 is followed to its end when it is not there any more, with what it waits for", () => {
    const until = { sinceLast: "Y", gte: "5s" } as const;
    const old = journey([{ wait: { until, atMost: "1h" } }, { webhook: "a" }], { goal: "Bought" });
    for (const [entries, expected] of [
      [log(["X", 0], ["Y", 2_000]), [["hook a", 7_000]]],
      [log(["X", 0], ["Y", 2_000], ["Y", 3_000]), [["hook a", 8_000]]],
      [log(["X", 0], ["Y", 2_000], ["Bought", 6_999]), []],
    ] as const) {
      const profile = new LiveProfile(old);
      profile.call(entries.slice(0, 1), 1_000);
      profile.definition = { segments: {} };
      profile.call(entries.slice(1), 6_999);
      const { watch } = JSON.parse(profile.state) as { watch?: number };
      if (expected.length > 0) expect(watch).toBeLessThanOrEqual(expected[0]![1]);
      profile.call([], DAY);
      expect(inShort(profile)).toEqual(expected);
    }
  });

  test("Y10 Y13 has its own cap to its end, whatever else is sent meanwhile", () => {
    const cap = { max: 1, within: "30d" } as const;
    const mail = (template: string) => ({ send: "email", template }) as const;
    const profile = new LiveProfile(journey([mail("a"), { wait: "20d" }, mail("b")], { cap }));
    profile.call(log([ADDRESS, 0], ["X", 0]), DAY);
    profile.definition = {
      segments: {},
      journeys: { k: { enter: { count: "Y", gte: 1 }, steps: [mail("c")] } },
    };
    profile.call([{ type: "event", id: "y", name: "Y", timestamp: 9 * DAY }], 9 * DAY);
    profile.call([], 25 * DAY);
    expect(inShort(profile)).toEqual([
      ["mail a", 0],
      ["mail c", 9 * DAY],
    ]);
    expect(profile.running()).toEqual([]);
  });

  test("Y1 that is new begins none of what holds already, and follows what comes", () => {
    const profile = new LiveProfile({ segments: {} });
    profile.call(log([ADDRESS, 0], ["X", 0]), 1_000);
    const enter = { count: "X", within: "10s", gte: 1 } as const;
    profile.definition = journey([{ webhook: "a" }], { enter });
    profile.call([], 5_000);
    expect(profile.running()).toEqual([]);
    profile.call([{ type: "event", id: "x2", name: "X", timestamp: 30_000 }], 31_000);
    expect(inShort(profile)).toEqual([["hook a", 30_000]]);
  });
});

describe("what arrives late", () => {
  test("Y6 a goal ends its run, and what is not done by then is not done", () => {
    const profile = new LiveProfile(cartRescue);
    profile.call(log([ADDRESS, 0], ["Product Added", 1_000]), 3 * HOUR);
    const order = { type: "event", id: "o", name: "Order Completed", timestamp: 2.5 * HOUR } as const;
    profile.call([order], 4 * HOUR);
    expect(profile.running()).toEqual([]);
    profile.call([], 3 * DAY);
    expect(inShort(profile)).toEqual([["mail cart-reminder", 1_000 + 2 * HOUR]]);
  });

  test("Y14 begins a run at the clock", () => {
    const profile = new LiveProfile(journey([{ wait: "1s" }, { webhook: "a" }]));
    profile.call(log(["Z", 0]), 10_000);
    profile.call([{ type: "event", id: "x", name: "X", timestamp: 2_000 }], 10_500);
    profile.call([], DAY);
    expect(inShort(profile)).toEqual([["hook a", 11_000]]);
  });

  test("Y14 that only the log can place begins a run at the clock, too", () => {
    const profile = new LiveProfile(journey([{ webhook: "a" }], { enter: { sequence: ["A", "B"] } }));
    profile.call(log(["Z", 0], ["B", 5_000]), 10_000);
    profile.call([{ type: "event", id: "a", name: "A", timestamp: 2_000 }], 20_000);
    expect(inShort(profile)).toEqual([["hook a", 10_000]]);
  });
});

describe("around the definition", () => {
  test("Y15 what journeys ask is in no segment, no slot and no transition", () => {
    const program = compile(cartRescue);
    const profile = program.profile();
    expect(profile.record({ id: "1", name: "Product Added", timestamp: 0 })).toEqual([]);
    expect(profile.advance(2 * HOUR)).toEqual([
      { segment: "cart-abandoner", change: "entered", at: 2 * HOUR },
    ]);
    expect(profile.segments()).toEqual(["cart-abandoner"]);
    expect(program.definition).toEqual(cartRescue);
  });

  test("Y19 a device's part has no journeys, templates or receivers; the edge's has", () => {
    const whole: Definition = {
      ...cartRescue,
      messages: { cap: { max: 1 } },
      templates: { t: { subject: "s", html: "h" } },
      webhooks: { "ads-audience": "https://ads.example/hook" },
    };
    expect(Object.keys(deviceDefinition(whole))).toEqual(["segments"]);
    expect(edgeDefinition(whole)).toEqual(whole);
  });

  test("Y18 a dry run takes many profiles, in any order of their entries, and each id once", () => {
    const entries = log([ADDRESS, 0], ["Product Added", 1_000], ["Order Completed", 5 * HOUR]);
    const again = { ...entries[1]!, timestamp: 9 * HOUR };
    const runs = dryRun(
      cartRescue,
      new Map([
        ["customer:a", entries],
        ["customer:b", [...entries.toReversed(), again]],
        ["customer:c", []],
      ]),
      3 * DAY,
    );
    expect(runs.map(({ profile }) => profile)).toEqual(["customer:a", "customer:b", "customer:c"]);
    expect(done(runs[1]!)).toEqual(done(runs[0]!));
    expect(runs[2]).toEqual({ profile: "customer:c", effects: [], skipped: [], running: [] });
    expect(runOf(cartRescue, entries.slice(0, 2), 3 * HOUR).running).toMatchObject([
      { journey: "cart-rescue", path: "1", wake: 1_000 + 26 * HOUR },
    ]);
  });
});
