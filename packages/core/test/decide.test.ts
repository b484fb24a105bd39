import { describe, expect, test } from "vitest";
import { compile, decide } from "../src/index.ts";
import { event } from "./kit/entries.ts";

const fallback = { content: { title: "Welcome" } };
const program = compile({
  segments: { browser: { count: "Product Viewed", within: "1s", gte: 1 } },
  slots: {
    hero: {
      variants: [
        { id: "many", when: { count: "Product Viewed", gte: 2 }, content: { title: "Many" } },
        { id: "browser", when: { segment: "browser" }, content: { title: "Looking around?" } },
      ],
      fallback,
    },
    plain: { variants: [{ id: "never", when: { any: [] }, content: {} }] },
    always: {
      variants: [
        { id: "first", when: { all: [] }, content: {} },
        { id: "second", when: { all: [] }, content: {} },
      ],
    },
  },
});

describe("L1 L2 L3 L4 deciding slots", () => {
  test("L2 L4 gives the fallback when no variant's condition is true, and says why", () => {
    const profile = program.profile();
    profile.advance(0);
    expect(decide(program, profile, { names: ["hero"] })).toEqual({
      hero: { variant: null, content: fallback.content, why: "no variant's condition is true" },
    });
  });

  test("L1 L4 gives the first variant whose condition is true, and says why", () => {
    const profile = program.profile();
    profile.record(event("Product Viewed", 0));
    expect(decide(program, profile, { names: ["hero"] })).toEqual({
      hero: {
        variant: "browser",
        content: { title: "Looking around?" },
        why: "in segment browser",
        segment: "browser",
      },
    });
    profile.record(event("Product Viewed", 1));
    expect(decide(program, profile, { names: ["hero"] })["hero"]).toEqual({
      variant: "many",
      content: { title: "Many" },
      why: "the condition of variant many is true",
    });
    expect(decide(program, profile)["always"]!.variant).toBe("first");
  });

  test("L1 goes by the clock", () => {
    const profile = program.profile();
    profile.record(event("Product Viewed", 0));
    profile.advance(1_000);
    expect(decide(program, profile)["hero"]!.variant).toBeNull();
  });

  test("L2 leaves out a slot with neither a variant that holds nor a fallback", () => {
    const profile = program.profile();
    profile.advance(0);
    expect(Object.keys(decide(program, profile))).toEqual(["hero", "always"]);
  });

  test("L3 decides a fresh profile, which is nobody yet, by the fallbacks", () => {
    expect(Object.keys(decide(program, program.profile()))).toEqual(["hero"]);
  });

  test("L4 passes over names that the definition does not know", () => {
    const profile = program.profile();
    profile.advance(0);
    expect(decide(program, profile, { names: ["nothing", "__proto__", "constructor"] })).toEqual({});
  });

  test("L4 decides nothing where there are no slots", () => {
    const bare = compile({ segments: {} });
    expect(decide(bare, bare.profile())).toEqual({});
  });

  test("L1 P6 is decided the same after a snapshot", () => {
    const profile = program.profile();
    profile.record(event("Product Viewed", 0));
    expect(decide(program, program.profile(profile.snapshot()))).toEqual(decide(program, profile));
  });
});
