import { describe, expect, test } from "vitest";
import {
  compile,
  decide,
  exposuresOf,
  readsOf,
  type Profile,
  type Program,
  type SlotCap,
  type SlotDefinition,
} from "../src/index.ts";
import { event } from "./kit/entries.ts";
import { issuesOf } from "./kit/issues.ts";

const all = { all: [] };
const fallback = { content: { title: "Welcome" } };

function slotWith(cap: SlotCap | SlotCap[]): SlotDefinition {
  return {
    variants: [
      { id: "rescue", when: { count: "Product Added", gte: 1 }, content: {} },
      { id: "usual", when: all, content: {} },
    ],
    cap,
    fallback,
  };
}

function started(cap: SlotCap | SlotCap[]): { program: Program; profile: Profile } {
  const program = compile({ segments: {}, slots: { hero: slotWith(cap) } });
  const profile = program.profile();
  profile.record(event("Product Added", 0));
  return { program, profile };
}

/** Records what a decision asks for, as the tag does when it is shown. */
function show(program: Program, profile: Profile, now: number): string | null {
  profile.advance(now);
  const { variant, ...decision } = decide(program, profile)["hero"]!;
  for (const { name, properties } of exposuresOf({ variant, ...decision }))
    profile.record(event(name, now, properties));
  return variant;
}

describe("L8 L11 a cap", () => {
  test("L8 L11 lets a variant win so often in its window, and no more", () => {
    const { program, profile } = started({ variant: "rescue", max: 2, within: "10s" });
    const shown = [1_000, 4_000, 5_000, 10_999, 11_000, 11_001, 14_000].map((now) =>
      show(program, profile, now),
    );
    expect(shown).toEqual(["rescue", "rescue", "usual", "usual", "rescue", "usual", "rescue"]);
  });

  test("L8 without a window is for ever; in a session, for that", () => {
    const ever = started({ variant: "rescue", max: 1 });
    expect([1, 2, 9e9].map((now) => show(ever.program, ever.profile, now))).toEqual([
      "rescue",
      "usual",
      "usual",
    ]);
    const session = started({ variant: "rescue", max: 1, within: "session" });
    const shown = [1, 2, 1_800_000, 1_800_001].map((now) => show(session.program, session.profile, now));
    expect(shown).toEqual(["rescue", "usual", "usual", "rescue"]);
  });

  test("L8 without a variant counts all of them, and leaves the fallback, which is not counted", () => {
    const { program, profile } = started({ max: 2, within: "10s" });
    expect([1, 2, 3, 4, 10_001].map((now) => show(program, profile, now))).toEqual([
      "rescue",
      "rescue",
      null,
      null,
      "rescue",
    ]);
  });

  test("L4 L8 used up, the fallback does not say that no condition were true", () => {
    const { program, profile } = started({ max: 1 });
    show(program, profile, 1);
    expect(decide(program, profile)["hero"]).toMatchObject({
      variant: null,
      why: "no variant's condition is true with its cap not used up",
    });
  });

  test("L8 of a list, every one holds", () => {
    const { program, profile } = started([
      { variant: "rescue", max: 1, within: "10s" },
      { max: 3, within: "1h" },
    ]);
    const shown = [1, 2, 10_001, 10_002, 3_600_001].map((now) => show(program, profile, now));
    expect(shown).toEqual(["rescue", "usual", "rescue", null, "rescue"]);
  });

  test("L8 counts no other slot's and no other variant's", () => {
    const { program, profile } = started({ variant: "rescue", max: 1 });
    profile.record(event("Slot Viewed", 1, { slot: "banner", variant: "rescue" }));
    profile.record(event("Slot Viewed", 2, { slot: "hero", variant: "usual" }));
    expect(show(program, profile, 3)).toBe("rescue");
  });

  test("L9 wakes when it is free again, of which no listener is told", () => {
    const { program, profile } = started({ variant: "rescue", max: 1, within: "10s" });
    show(program, profile, 1_000);
    expect(profile.nextChange()).toBe(11_000);
    expect(profile.advance(20_000)).toEqual([]);
    expect(profile.segments()).toEqual([]);
    expect(program.definition.segments).toEqual({});
    expect(program.definition.measures).toBeUndefined();
  });

  test("L9 P6 D14 is as used up after a snapshot, and for who has a log that is cut", () => {
    const { program, profile } = started({ variant: "rescue", max: 1 });
    show(program, profile, 1);
    const restored = program.profile(profile.snapshot());
    expect(decide(program, restored)).toEqual(decide(program, profile));
    expect(readsOf(program).events.get("Slot Viewed")).toEqual(new Set(["slot", "variant"]));
  });

  test("L11 asks for events only where they count", () => {
    const { program, profile } = started({ variant: "rescue", max: 1 });
    profile.advance(1);
    expect(decide(program, profile)["hero"]!.exposures).toEqual([
      { name: "Slot Viewed", properties: { slot: "hero", variant: "rescue" } },
    ]);
    show(program, profile, 2);
    const usual = decide(program, profile)["hero"]!;
    expect(usual.variant).toBe("usual");
    expect(usual).not.toHaveProperty("exposures");
    expect(exposuresOf(usual)).toEqual([]);
  });
});

describe("L12 a slot that is wrong", () => {
  test.for<[object, string, string]>([
    [{ cap: { max: 0 } }, "cap.max", "1 or more"],
    [{ cap: { max: 1.5 } }, "cap.max", "whole number"],
    [{ cap: { variant: "rescu", max: 1 } }, "cap.variant", 'did you mean "rescue"?'],
    [{ cap: [{ max: 1 }, 5] }, "cap[1]", "must be an object"],
    [{ cap: { max: 1, within: "soon" } }, "cap.within", "must be a duration"],
    [{ cap: { max: 1, per: "1d" } }, "cap.per", "unknown key"],
    [{ timeout: -1 }, "timeout", "must be a duration"],
    [{ timeout: "soon" }, "timeout", "must be a duration"],
    [{ timeout: Infinity }, "timeout", "must be a duration"],
  ])("L12 %j", ([wrong, path, message]) => {
    const hero = { variants: [{ id: "rescue", when: all, content: {} }], ...wrong };
    const issues = issuesOf({ segments: {}, slots: { hero } });
    expect(issues.map((issue) => issue.path)).toEqual([`slots.hero.${path}`]);
    expect(issues[0]!.message).toContain(message);
  });

  test("L12 a timeout is ms where the slot is decided", () => {
    const slots = { a: { variants: [], timeout: "2s" }, b: { variants: [], timeout: 50 } };
    const timeouts = [...compile({ segments: {}, slots }).slots.values()].map(({ timeout }) => timeout);
    expect(timeouts).toEqual([2_000, 50]);
  });

  test("L8 D10 counts what leaves the device, unless it is the device's alone", () => {
    const hero = slotWith({ max: 1 });
    const wrong = { segments: {}, private: ["Slot Viewed"] };
    expect(issuesOf({ ...wrong, slots: { hero } }).map(({ path }) => path)).toEqual(["slots.hero"]);
    expect(issuesOf({ ...wrong, slots: { hero: { ...hero, evaluate: "device" } } })).toEqual([]);
  });
});
