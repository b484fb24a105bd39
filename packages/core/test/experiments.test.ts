import { describe, expect, test } from "vitest";
import {
  bucketOf,
  compile,
  decide,
  deviceDefinition,
  edgeDefinition,
  load,
  manifestOf,
  type DecideOptions,
  type Definition,
  type ExperimentDefinition,
  type Profile,
  type SlotDecision,
} from "../src/index.ts";
import { event } from "./kit/entries.ts";

const units = Array.from({ length: 2_000 }, (_none, at) => `unit-${at}`);
const BOLD = { title: "Bold" };
const slots = {
  hero: {
    variants: [{ id: "buyer", when: { count: "Order Completed", gte: 1 }, content: { title: "Thank you" } }],
    fallback: { content: { title: "Welcome" } },
  },
  bare: { variants: [] },
} as const;

function experiment(more: Partial<ExperimentDefinition> = {}): ExperimentDefinition {
  return { slot: "hero", variants: [{ id: "control" }, { id: "bold", content: BOLD }], ...more };
}

function shop(experiments: Definition["experiments"], more: Partial<Definition> = {}) {
  const program = compile({ segments: {}, slots, experiments, ...more });
  const shown = (profile: Profile, unit?: string, options: DecideOptions = {}): SlotDecision | undefined =>
    decide(program, profile, { unit, names: ["hero"], ...options })["hero"];
  return {
    program,
    shown,
    profile(...events: Parameters<Profile["record"]>[0][]): Profile {
      const profile = program.profile();
      profile.advance(0);
      for (const each of events) profile.record(each);
      return profile;
    },
    /** How many of the units come to what. */
    dealt(profile: Profile, options: DecideOptions = {}): Record<string, number> {
      const counts: Record<string, number> = {};
      for (const unit of units) {
        const arm = shown(profile, unit, options)?.experiment?.variant ?? "none";
        counts[arm] = (counts[arm] ?? 0) + 1;
      }
      return counts;
    },
  };
}

/** As the tag records it. */
function viewed(experiment_id: string, variation_id: string, timestamp: number) {
  return event("Experiment Viewed", timestamp, { experiment_id, variation_id });
}

/** A unit that an experiment of even weights, under its own id, gives a variant. */
function unitOf(seed: string, variant: 0 | 1): string {
  return units.find((unit) => Math.floor(bucketOf(seed, unit) * 2) === variant)!;
}

describe("A3 A4 who is shown what", () => {
  const { profile, shown } = shop({ x: experiment() });

  test("A4 A10 the variant's content, or of a control what the slot shows", () => {
    expect(shown(profile(), unitOf("x", 1))).toEqual({
      variant: "bold",
      content: BOLD,
      why: "variant bold of experiment x",
      experiment: { id: "x", variant: "bold", viewed: false },
      exposures: [
        {
          name: "Experiment Viewed",
          properties: {
            experiment_id: "x",
            experiment_name: "x",
            variation_id: "bold",
            variation_name: "bold",
          },
        },
      ],
    });
    const control = shown(profile(), unitOf("x", 0))!;
    expect(control).toMatchObject({ variant: null, content: { title: "Welcome" } });
    expect(control.experiment).toEqual({ id: "x", variant: "control", viewed: false });
    expect(control.why).toContain("control of experiment x");
    const buyer = profile(event("Order Completed", 1));
    expect(shown(buyer, unitOf("x", 0))).toMatchObject({ variant: "buyer", content: { title: "Thank you" } });
    expect(shown(buyer, unitOf("x", 1))).toMatchObject({ variant: "bold" });
  });

  test("A4 the page's own content may be the control", () => {
    const { program, profile } = shop({ x: experiment({ slot: "bare" }) });
    const { bare } = decide(program, profile(), { unit: unitOf("x", 0), names: ["bare"] });
    expect(bare).toMatchObject({ variant: null, content: {}, experiment: { variant: "control" } });
    expect(bare!.exposures).toHaveLength(1);
    expect(decide(program, profile(), { names: ["bare"] })).toEqual({});
  });

  test("A3 only who is in the audience, at that instant", () => {
    const audience = { count: "Product Viewed", within: "10s", gte: 1 } as const;
    const { profile, shown } = shop({ x: experiment({ audience }) });
    const unit = unitOf("x", 1);
    const someone = profile();
    expect(shown(someone, unit)).not.toHaveProperty("experiment");
    someone.record(event("Product Viewed", 5));
    expect(shown(someone, unit)).toMatchObject({ variant: "bold" });
    someone.record(viewed("x", "bold", 6));
    expect(someone.nextChange()).toBe(10_005);
    someone.advance(10_005);
    expect(shown(someone, unit)).not.toHaveProperty("experiment");
  });

  test("A3 X2 an audience may ask for the visit", () => {
    const { profile, shown } = shop({ x: experiment({ audience: { context: { device: "mobile" } } }) });
    const unit = unitOf("x", 1);
    expect(shown(profile(), unit)).not.toHaveProperty("experiment");
    expect(shown(profile(), unit, { context: { device: "mobile" } })).toMatchObject({ variant: "bold" });
  });

  test.for<Partial<ExperimentDefinition>>([
    { status: "draft" },
    { status: "stopped" },
    { schedule: { from: 1 } },
    { schedule: { to: 0 } },
  ])("A3 not while it does not run: %j", (more) => {
    const { dealt, profile } = shop({ x: experiment(more) });
    expect(dealt(profile(viewed("x", "bold", 0)))).toEqual({ none: 2_000 });
  });

  test("A3 L6 L8 not in a slot that is closed", () => {
    const hero = { ...slots.hero, schedule: { to: 100 }, cap: { max: 1, within: "10s" } } as const;
    const { profile, shown } = shop({ x: experiment() }, { slots: { hero } });
    const someone = profile();
    const unit = unitOf("x", 1);
    expect(shown(someone, unit)!.exposures).toHaveLength(2);
    const [, slotViewed] = shown(someone, unit)!.exposures!;
    expect(slotViewed).toEqual({
      name: "Slot Viewed",
      properties: { slot: "hero", experiment_id: "x", variation_id: "bold" },
    });
    someone.record(event("Slot Viewed", 1, slotViewed!.properties));
    expect(shown(someone, unit)).toMatchObject({ variant: null });
    expect(shown(someone, unit)).not.toHaveProperty("experiment");
    expect(shown(profile(event("X", 100)), unit)).not.toHaveProperty("experiment");
  });

  test("A3 the first of several that takes the profile in, as the definition has them", () => {
    const audience = { count: "X", gte: 1 };
    const { profile, shown } = shop({ b: experiment({ audience }), a: experiment() });
    expect(shown(profile(), "u")?.experiment?.id).toBe("a");
    expect(shown(profile(event("X", 1)), "u")?.experiment?.id).toBe("b");
  });

  test("A3 nobody yet takes part in none", () => {
    const { program, shown } = shop({ x: experiment() });
    expect(shown(program.profile(), "u")).not.toHaveProperty("experiment");
  });

  test("A10 I1 is plain JSON, with names for people and values in its texts", () => {
    const variants = [
      { id: "a", name: "Friendly", content: { title: "Hello {{ traits.name | you }}" } },
      { id: "b", weight: 0 },
    ];
    const { profile, shown } = shop({
      x: experiment({ name: "Tone", variants: [{ ...variants[0]!, weight: 1 }, variants[1]!] }),
    });
    const decision = shown(profile(), "u")!;
    expect(decision.content).toEqual({ title: "Hello you" });
    expect(decision.exposures![0]!.properties).toMatchObject({
      experiment_name: "Tone",
      variation_name: "Friendly",
    });
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  });
});

describe("A5 A2 how profiles are dealt", () => {
  test("A5 A2 by the unit's bucket under the seed, which is the id without one", () => {
    const plain = shop({ x: experiment() });
    const seeded = shop({ other: experiment({ seed: "x" }) });
    for (const unit of units.slice(0, 100)) {
      const arm = bucketOf("x", unit) < 0.5 ? "control" : "bold";
      expect(plain.shown(plain.profile(), unit)?.experiment?.variant).toBe(arm);
      expect(seeded.shown(seeded.profile(), unit)?.experiment?.variant).toBe(arm);
    }
  });

  test("A2 by weight and coverage", () => {
    const variants = [
      { id: "control", weight: 0.2 },
      { id: "bold", weight: 0.8 },
    ];
    const all = shop({ x: experiment({ variants }) });
    expect(shares(all.dealt(all.profile()))).toEqual({ control: 0.2, bold: 0.8 });
    const some = shop({ x: experiment({ variants, coverage: 0.5 }) });
    expect(shares(some.dealt(some.profile()))).toEqual({ control: 0.1, bold: 0.4, none: 0.5 });
  });

  test("A5 without a unit nobody new is", () => {
    const { profile, shown } = shop({ x: experiment() });
    expect(shown(profile())).not.toHaveProperty("experiment");
    expect(shown(profile(viewed("x", "bold", 1)))).toMatchObject({ variant: "bold" });
  });

  test("A9 by allocations in place of weights, of who was not exposed", () => {
    const { dealt, profile } = shop({ x: experiment({ allocation: "bandit" }) });
    const deal = (more: object, someone = profile()) => dealt(someone, more);
    expect(shares(deal({ allocations: { x: [0.9, 0.1] } }))).toEqual({ control: 0.9, bold: 0.1 });
    expect(shares(deal({ allocations: { y: [0.9, 0.1] } }))).toEqual({ control: 0.5, bold: 0.5 });
    expect(shares(deal({ allocations: { x: [1] } }))).toEqual({ control: 0.5, bold: 0.5 });
    expect(deal({ allocations: { x: [1, 0] } }, profile(viewed("x", "bold", 1)))).toEqual({ bold: 2_000 });
  });

  test("A7 the holdout, evenly of all variants, and recorded as one", () => {
    const { dealt, profile, shown } = shop({ x: experiment({ holdout: 0.2 }) });
    const counts = dealt(profile());
    expect(shares(counts)).toEqual({ control: 0.4, bold: 0.4, holdout: 0.2 });
    const held = units.find((unit) => bucketOf("holdout:x", unit) < 0.2)!;
    expect(shown(profile(), held)).toMatchObject({
      variant: null,
      content: { title: "Welcome" },
      experiment: { id: "x", variant: "holdout", viewed: false },
      exposures: [{ properties: { variation_id: "holdout", variation_name: "holdout" } }],
    });
    const kept = profile(viewed("x", "holdout", 1));
    expect(dealt(kept)).toEqual({ holdout: 2_000 });
  });

  test("A7 who was held out takes part once there is no holdout", () => {
    const { profile, shown } = shop({ x: experiment() });
    expect(shown(profile(viewed("x", "holdout", 1)), unitOf("x", 1))).toMatchObject({ variant: "bold" });
  });

  /** To a twentieth: of 2,000, that is more than two standard deviations of any share, and these are fixed. */
  function shares(counts: Record<string, number>): Record<string, number> {
    return Object.fromEntries(
      Object.entries(counts).map(([arm, count]) => [arm, Math.round((count / units.length) * 20) / 20]),
    );
  }
});

describe("A6 once exposed, always so", () => {
  const changed = experiment({
    variants: [
      { id: "control", weight: 1 },
      { id: "bold", weight: 0, content: BOLD },
    ],
    coverage: 0,
    holdout: 0.99,
    seed: "another",
    group: { name: "g", range: [0, 0.0001] },
  });

  test("A6 whatever becomes of weights, coverage, holdout, seed, group and unit", () => {
    const { dealt, profile } = shop({ x: changed });
    const exposed = profile(viewed("x", "bold", 1));
    expect(dealt(exposed)).toEqual({ bold: 2_000 });
  });

  test("A6 E3 to the first, in whatever order it arrives: so profiles that join keep the earliest", () => {
    const log = [viewed("x", "control", 5), viewed("x", "bold", 3), viewed("y", "control", 1)];
    const { program, profile, shown } = shop({ x: experiment() });
    for (const entries of [log, log.toReversed(), [...log, ...log]]) {
      const replayed = program.profile();
      replayed.replay(entries);
      expect(shown(replayed, unitOf("x", 0))).toMatchObject({ variant: "bold" });
    }
    expect(shown(profile(...log), unitOf("x", 0))).toMatchObject({ variant: "bold" });
  });

  test("A6 to one that there is no more, is dealt anew", () => {
    const { profile, shown } = shop({ x: experiment() });
    expect(shown(profile(viewed("x", "gone", 1)), unitOf("x", 1))).toMatchObject({ variant: "bold" });
  });

  test("A6 P6 after a snapshot", () => {
    const { program, profile, shown } = shop({ x: changed });
    const restored = program.profile(profile(viewed("x", "bold", 1)).snapshot());
    expect(shown(restored, "u")).toMatchObject({ variant: "bold" });
  });
});

describe("A10 an exposure", () => {
  test("A10 is asked for once a session", () => {
    const { profile, shown } = shop({ x: experiment() });
    const [someone, unit] = [profile(), unitOf("x", 1)];
    expect(shown(someone, unit)!.exposures).toHaveLength(1);
    someone.record(viewed("x", "bold", 10));
    expect(shown(someone, unit)).not.toHaveProperty("exposures");
    expect(shown(someone, unit)!.experiment!.viewed).toBe(true);
    someone.record(event("Page Viewed", 1_799_000));
    someone.advance(3_598_999);
    expect(shown(someone, unit)!.experiment!.viewed).toBe(true);
    someone.advance(3_599_000);
    expect(shown(someone, unit)!.experiment!.viewed).toBe(false);
    expect(shown(someone, unit)!.exposures).toHaveLength(1);
  });

  test("A10 of another experiment is another", () => {
    const { profile, shown } = shop({ x: experiment() });
    expect(shown(profile(viewed("y", "bold", 1)), "u")!.experiment!.viewed).toBe(false);
  });

  test("A10 L9 it is nobody's segment, measure or transition", () => {
    const { program, profile } = shop({ x: experiment({ holdout: 0.1 }) });
    const someone = profile();
    expect(someone.record(viewed("x", "bold", 1))).toEqual([]);
    expect([someone.segments(), someone.advance(9e9)]).toEqual([[], []]);
    expect(program.definition.segments).toEqual({});
  });
});

describe("A8 experiments that exclude each other", () => {
  const halves = shop({
    one: experiment({ group: { name: "g", range: [0, 0.5] } }),
    two: experiment({ group: { name: "g", range: [0.5, 1] } }),
  });

  test("A8 share the profiles, by ranges of one bucket", () => {
    for (const unit of units) {
      const id = bucketOf("group:g", unit) < 0.5 ? "one" : "two";
      expect(halves.shown(halves.profile(), unit)?.experiment?.id).toBe(id);
    }
  });

  test("A8 whoever was exposed to one, first, stays out of the others", () => {
    const inTwo = units.find((unit) => bucketOf("group:g", unit) >= 0.5)!;
    const { profile, shown } = halves;
    expect(shown(profile(viewed("one", "bold", 1)), inTwo)?.experiment).toMatchObject({ id: "one" });
    const both = [viewed("two", "bold", 1), viewed("one", "bold", 2)];
    expect(shown(profile(...both), inTwo)?.experiment).toMatchObject({ id: "two" });
    expect(shown(profile(...both.toReversed()), "u")?.experiment).toMatchObject({ id: "two" });
  });

  test("A8 of overlapping ranges, of other groups, and of one that is stopped, nothing is excluded", () => {
    const range = [0, 1] as const;
    for (const other of [
      experiment({ group: { name: "g", range: [0.5, 1] } }),
      experiment({ group: { name: "h", range: [0, 0.1] } }),
      experiment(),
      experiment({ status: "stopped", group: { name: "g", range: [0, 0.5] } }),
    ]) {
      const { profile, shown } = shop({ mine: experiment({ group: { name: "g", range } }), other });
      expect(shown(profile(viewed("other", "bold", 1)), "u")?.experiment?.id).toBe("mine");
    }
  });
});

describe("A12 D12 the parts of a definition for one place", () => {
  const goal = { event: "Order Completed", value: "total" };
  const definition: Definition = {
    segments: {},
    slots: {
      both: { variants: [] },
      edge: { variants: [], evaluate: "edge" },
      device: { variants: [], evaluate: "device" },
    },
    experiments: {
      both: experiment({ slot: "both", goal, description: "why", name: "Both" }),
      edge: experiment({ slot: "edge", goal }),
      device: experiment({ slot: "device", goal }),
      draft: experiment({ slot: "both", status: "draft" }),
    },
  };

  test("A12 the device's has what runs in its slots, without goals", () => {
    const { experiments } = deviceDefinition(definition);
    expect(Object.keys(experiments!)).toEqual(["both", "device"]);
    expect(experiments!["both"]).toEqual(experiment({ slot: "both", name: "Both" }));
    expect(Object.keys(edgeDefinition(definition).experiments!)).toEqual(["both", "edge", "draft"]);
  });

  test("A12 D12 both compile, and decide the same of what both hold", () => {
    const [device, edge] = [deviceDefinition(definition), edgeDefinition(definition)].map((part) => {
      expect(load(manifestOf(part)).hash).toBe(compile(part).hash);
      return compile(part);
    });
    for (const unit of units.slice(0, 50)) {
      const decisions = [device!, edge!].map((program) => {
        const profile = program.profile();
        profile.record(viewed("edge", "bold", 1));
        return decide(program, profile, { unit, names: ["both"] });
      });
      expect(decisions[0]).toEqual(decisions[1]);
    }
  });
});
