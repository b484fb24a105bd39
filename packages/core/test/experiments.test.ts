import { describe, expect, test } from "vitest";
import {
  compile,
  decide,
  deviceDefinition,
  edgeDefinition,
  load,
  manifestOf,
  type Definition,
  type ExperimentDefinition,
} from "../src/index.ts";
import { event } from "./kit/entries.ts";
import { BOLD, experiment, shop, slots, unitOf, units, viewed } from "./kit/experiments.ts";

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
