import { describe, expect, test } from "vitest";
import { checkDefinition, compile, deviceDefinition, edgeDefinition, type Definition } from "../src/index.ts";
import { event } from "./kit/entries.ts";

const SECRET = "Test Bought";
const reading = { count: SECRET, gte: 1 } as const;

/** Where a definition with these parts and a private event is refused. */
function refusedAt(parts: Record<string, unknown>): string[] {
  return checkDefinition({ segments: {}, private: [SECRET], ...parts }).map(({ path }) => path);
}

describe("what reads a private event", () => {
  test.for<Record<string, unknown>>([
    reading,
    { sinceLast: { event: ["X", SECRET] }, lt: "1d" },
    { sinceFirst: SECRET, lt: "1d" },
    { sum: "total", of: { event: SECRET, where: { a: 1 } }, gt: 1 },
    { count: "X", after: SECRET, gte: 1 },
    { count: "X", after: { event: SECRET }, gte: 1 },
    { sequence: ["X", SECRET] },
    { sequence: ["X", "Y"], without: { event: [SECRET] } },
    { trend: { count: SECRET }, every: "1d", periods: 1, change: { lte: 0 } },
    { trend: { sum: "total", of: SECRET }, every: "1d", periods: 1, change: { lte: 0 } },
    { all: [{ not: { any: [reading] } }] },
    { atLeast: 1, of: [{ count: "X", gte: 1 }, reading] },
    { measure: "secret", gt: 1 },
  ])("D10 is refused but on the device: %j", (when) => {
    const measures = { secret: { count: SECRET } };
    const slot = { variants: [{ id: "v", when, content: {} }] };
    expect(refusedAt({ measures, segments: { s: when } })).toEqual(["segments.s"]);
    expect(refusedAt({ measures, segments: { s: { when } } })).toEqual(["segments.s"]);
    expect(refusedAt({ measures, segments: { s: { when, evaluate: "edge" } } })).toEqual(["segments.s"]);
    expect(refusedAt({ measures, segments: { s: { when, evaluate: "device" } } })).toEqual([]);
    expect(refusedAt({ measures, slots: { hero: slot } })).toEqual(["slots.hero"]);
    expect(refusedAt({ measures, slots: { hero: { ...slot, evaluate: "device" } } })).toEqual([]);
  });

  test("D3 D10 is named, and what to write instead", () => {
    const [issue] = checkDefinition({ segments: { s: reading }, private: [SECRET] });
    expect(issue!.message).toContain(`"${SECRET}"`);
    expect(issue!.message).toContain('"evaluate": "device"');
  });

  test("D9 D10 cannot be reached through a segment of the device", () => {
    const segments = { s: { when: reading, evaluate: "device" }, t: { segment: "s" } };
    expect(refusedAt({ segments })).toEqual(["segments.t.segment"]);
    expect(
      refusedAt({ segments: { ...segments, t: { when: { segment: "s" }, evaluate: "device" } } }),
    ).toEqual([]);
  });

  test.for<Record<string, unknown>>([
    { count: { event: "X", where: { of: SECRET, event: SECRET } }, gte: 1 },
    { count: { event: "X", where: { measure: "secret" } }, gte: 1 },
    { trait: { count: SECRET } },
    { context: { after: SECRET } },
    { favorite: "count", of: "X", eq: SECRET },
    { count: "test bought", gte: 1 },
  ])("D10 is not meant by the same word elsewhere: %j", (when) => {
    const segments = { s: { when, name: SECRET, description: SECRET } };
    expect(refusedAt({ measures: { secret: { count: SECRET } }, segments })).toEqual([]);
  });

  test("D10 is not meant by what a slot shows", () => {
    const content = { count: SECRET, of: [SECRET], when: { after: SECRET }, measure: "secret" };
    const slot = { variants: [{ id: "v", when: { count: "X", gte: 1 }, content }], fallback: { content } };
    expect(refusedAt({ measures: { secret: { count: SECRET } }, slots: { hero: slot } })).toEqual([]);
  });

  test("D10 of an experiment, the goal is counted at the edge, unless the device alone deals it", () => {
    const experiment = {
      slot: "hero",
      variants: [{ id: "a" }, { id: "b" }],
      goal: { event: ["X", SECRET] },
    };
    const slots = (evaluate: string) => ({ hero: { variants: [], evaluate } });
    for (const evaluate of ["both", "edge"])
      expect(refusedAt({ slots: slots(evaluate), experiments: { e: experiment } })).toEqual([
        "experiments.e.goal",
      ]);
    expect(refusedAt({ slots: slots("device"), experiments: { e: experiment } })).toEqual([]);
    const open = { ...experiment, goal: { event: "X", where: { event: SECRET } } };
    expect(refusedAt({ slots: slots("both"), experiments: { e: open } })).toEqual([]);
  });

  test("D10 Y17 of a journey that sends, the edge has to know who has unsubscribed", () => {
    const enter = { count: "X", gte: 1 };
    const mail = { send: "email", template: "t" };
    const journeyOf = (...steps: object[]) => ({ journeys: { j: { enter, steps } } });
    for (const secret of ["Unsubscribed", "Email Marked as Spam", "Subscribed"]) {
      const secretly = { private: [secret] };
      expect(refusedAt({ ...secretly, ...journeyOf(mail) })).toEqual(["journeys.j"]);
      expect(refusedAt({ ...secretly, ...journeyOf({ if: enter, then: [mail] }) })).toEqual(["journeys.j"]);
      expect(refusedAt({ ...secretly, ...journeyOf({ webhook: "a", data: { send: 1 } }) })).toEqual([]);
    }
  });

  test("D1 D10 the names are a list of texts", () => {
    expect(refusedAt({ private: SECRET })).toEqual(["private"]);
    expect(refusedAt({ private: null })).toEqual(["private"]);
    expect(refusedAt({ private: [SECRET, "", 5, null] })).toEqual(["private[1]", "private[2]", "private[3]"]);
    expect(refusedAt({ private: [] })).toEqual([]);
  });
});

describe("a definition with private events", () => {
  const definition: Definition = {
    private: [SECRET],
    segments: {
      secret: { when: reading, evaluate: "device" },
      open: { count: "X", gte: 1 },
    },
  };

  test("D12 keeps the names in both parts, and what reads them on the device alone", () => {
    expect(deviceDefinition(definition).private).toEqual([SECRET]);
    expect(edgeDefinition(definition).private).toEqual([SECRET]);
    expect(Object.keys(deviceDefinition(definition).segments)).toEqual(["secret", "open"]);
    expect(Object.keys(edgeDefinition(definition).segments)).toEqual(["open"]);
    for (const part of [deviceDefinition(definition), edgeDefinition(definition)])
      expect(checkDefinition(part)).toEqual([]);
  });

  test("D12 says the same at both places, though the edge never hears of them", () => {
    const device = compile(deviceDefinition(definition)).profile();
    const edge = compile(edgeDefinition(definition)).profile();
    for (const profile of [device, edge]) profile.record(event("X", 1));
    device.record(event(SECRET, 2));
    expect(device.segments()).toEqual(["open", "secret"]);
    expect(edge.segments()).toEqual(["open"]);
  });
});

test("D10 a measure over a private event is not the edge's to answer", () => {
  const { definition } = compile({
    segments: {},
    measures: { tests: { count: "Test Bought" }, orders: { count: "Order Completed" } },
    private: ["Test Bought"],
  });
  expect(Object.keys(edgeDefinition(definition).measures ?? {})).toEqual(["orders"]);
  expect(Object.keys(deviceDefinition(definition).measures ?? {})).toEqual(["tests", "orders"]);
});
