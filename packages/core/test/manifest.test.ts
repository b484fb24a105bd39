import { describe, expect, test } from "vitest";
import {
  compile,
  deviceDefinition,
  edgeDefinition,
  load,
  manifestOf,
  type Definition,
} from "../src/index.ts";

const when = { count: "Product Viewed", gte: 1 } as const;
const slot = { variants: [], fallback: { content: { title: "Hello" } } };
const definition: Definition = {
  measures: { views: { count: "Product Viewed" } },
  segments: {
    bare: when,
    both: { when, name: "Both", description: "of them", evaluate: "both" },
    edge: { when: { segment: "bare" }, evaluate: "edge", name: "Edge" },
    device: { when: { segment: "both" }, evaluate: "device" },
  },
  slots: {
    hero: slot,
    mail: { ...slot, evaluate: "edge" },
    toast: { ...slot, evaluate: "device" },
  },
};

describe("D9 D12 the part of a definition for one place", () => {
  test("D12 for devices has nothing of the edge's, and no words for people", () => {
    expect(deviceDefinition(definition)).toEqual({
      measures: definition.measures,
      segments: {
        bare: { when },
        both: { when, evaluate: "both" },
        device: { when: { segment: "both" }, evaluate: "device" },
      },
      slots: { hero: slot, toast: { ...slot, evaluate: "device" } },
    });
  });

  test("D12 for the edge has nothing of the devices'", () => {
    const { segments, slots } = edgeDefinition(definition);
    expect(Object.keys(segments)).toEqual(["bare", "both", "edge"]);
    expect(Object.keys(slots!)).toEqual(["hero", "mail"]);
  });

  test("D11 D12 compiles, and survives JSON with the same hash", () => {
    for (const part of [deviceDefinition(definition), edgeDefinition(definition)]) {
      const sent = JSON.parse(JSON.stringify(part)) as Definition;
      expect(load(manifestOf(sent)).hash).toBe(compile(part).hash);
    }
  });

  test("D12 says the same of what both places know", () => {
    const places = [deviceDefinition(definition), edgeDefinition(definition)].map((part) => {
      const profile = compile(part).profile();
      profile.record({ id: "1", name: "Product Viewed", timestamp: 1 });
      return profile.segments().filter((id) => id === "bare" || id === "both");
    });
    expect(places).toEqual([
      ["bare", "both"],
      ["bare", "both"],
    ]);
  });

  test("D12 leaves the definition as it was, and has no sections that it has not", () => {
    const before = JSON.stringify(definition);
    deviceDefinition(definition);
    edgeDefinition(definition);
    expect(JSON.stringify(definition)).toBe(before);
    expect(deviceDefinition({ segments: {} })).toEqual({ segments: {} });
    expect(edgeDefinition({ segments: {} })).toEqual({ segments: {} });
  });

  test("D13 keeps a segment of any name", () => {
    const odd = JSON.parse('{ "segments": { "__proto__": { "count": "x", "gt": 1 } } }') as Definition;
    expect(Object.keys(deviceDefinition(odd).segments)).toEqual(["__proto__"]);
    expect(Object.keys(edgeDefinition(odd).segments)).toEqual(["__proto__"]);
  });
});
