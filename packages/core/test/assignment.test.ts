import { describe, expect, test } from "vitest";
import { bucketOf } from "../src/index.ts";
import { BOLD, experiment, shop, unitOf, units, viewed } from "./kit/experiments.ts";

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
