import { describe, expect, test } from "vitest";
import { checkDefinition, dryRun } from "../../src/index.ts";
import { definitionSchema } from "../../src/schema/index.ts";
import { cartRescue } from "./kit.ts";

const OK = { enter: { count: "X", gte: 1 }, steps: [{ end: true }] };
const withJourney = (more: object, around: object = {}): object => ({
  segments: {},
  journeys: { j: { ...OK, ...more } },
  ...around,
});
const withSteps = (...steps: unknown[]): object => withJourney({ steps });
const QUIET = { from: "22:00", to: "08:00" };

const ACCEPTED: readonly object[] = [
  cartRescue,
  withJourney({ on: "exit", again: "after 30d", goal: { event: ["A", "B"], where: { x: 1 } } }),
  withJourney({
    name: "n",
    description: "d",
    quietHours: { ...QUIET, timezone: "Europe/Berlin" },
    cap: { max: 0 },
  }),
  withSteps(
    { wait: "1ms" },
    { wait: { until: { trait: { a: 1 } }, atMost: "3d" } },
    { if: { all: [] }, then: [], else: [{ split: [{ weight: 0.5, steps: [] }] }] },
    {
      send: "email",
      template: "t",
      data: { a: [{ b: "{{ traits.c }}" }], html: "<!-- {{ traits.c | > }} -->" },
    },
    { webhook: "w", data: {} },
    { trait: { a: null } },
    { event: "E", properties: { a: 1 } },
    { end: true },
  ),
  withJourney(
    {},
    {
      messages: { cap: { max: 3, within: "7d" }, quietHours: QUIET },
      templates: { t: { subject: "", html: "", text: "" } },
      webhooks: { w: "https://x.example/a?b" },
    },
  ),
];

/** Wrong in their form: the schema says so, too. */
const REFUSED: readonly (readonly [path: string, definition: object])[] = [
  ["journeys.j.enter", withJourney({ enter: undefined })],
  ["journeys.j.steps", withJourney({ steps: undefined })],
  ["journeys.j.stpes", withJourney({ stpes: [] })],
  ["journeys.j.on", withJourney({ on: "leave" })],
  ["journeys.j.again", withJourney({ again: "30d" })],
  ["journeys.j.again", withJourney({ again: "after 0d" })],
  ["journeys.j.again", withJourney({ again: "after 999999999999999w" })],
  ["journeys.j.goal.event", withJourney({ goal: { event: [] } })],
  ["journeys.j.steps[0]", withSteps({})],
  ["journeys.j.steps[0]", withSteps({ wiat: "1d" })],
  ["journeys.j.steps[0]", withSteps({ wait: "1d", end: true })],
  ["journeys.j.steps[0].wait", withSteps({ wait: "0d" })],
  ["journeys.j.steps[0].wait.atMost", withSteps({ wait: { until: { all: [] } } })],
  ["journeys.j.steps[0].then", withSteps({ if: { all: [] } })],
  ["journeys.j.steps[0].if.cuont", withSteps({ if: { all: [], cuont: 1 }, then: [] })],
  ["journeys.j.steps[0].split", withSteps({ split: [] })],
  ["journeys.j.steps[0].split[0].weight", withSteps({ split: [{ weight: 0, steps: [] }] })],
  ["journeys.j.steps[0].send", withSteps({ send: "sms", template: "t" })],
  ["journeys.j.steps[0].template", withSteps({ send: "email" })],
  ["journeys.j.steps[0].webhook", withSteps({ webhook: "" })],
  ["journeys.j.steps[0].trait", withSteps({ trait: [] })],
  ["journeys.j.steps[0].event", withSteps({ event: 5 })],
  ["journeys.j.steps[0].end", withSteps({ end: false })],
  ["journeys.j.quietHours.from", withJourney({ quietHours: { from: "24:00", to: "08:00" } })],
  ["journeys.j.quietHours", withJourney({ quietHours: { from: "08:00", to: "08:00" } })],
  ["journeys.j.quietHours.timezone", withJourney({ quietHours: { ...QUIET, timezone: "Nowhere/Land" } })],
  ["journeys.j.cap.max", withJourney({ cap: { max: -1 } })],
  ["messages.quiet", withJourney({}, { messages: { quiet: 1 } })],
  ["templates.t.html", withJourney({}, { templates: { t: { subject: "s" } } })],
  ["webhooks.w", withJourney({}, { webhooks: { w: "http://x.example" } })],
];

/** A measure that the edge knows nothing of. */
const SECRET = { measures: { m: { count: "Secret" } }, private: ["Secret"] };

/** Wrong beyond form. */
const BEYOND: readonly (readonly [path: string, definition: object])[] = [
  ["journeys.j.enter.segment", withJourney({ enter: { segment: "nobody" } })],
  ["journeys.j", withJourney({ enter: { context: { device: "mobile" } } })],
  [
    "journeys.j",
    withJourney(
      { steps: [{ if: { segment: "a" }, then: [] }] },
      { segments: { a: { segment: "b" }, b: { context: { device: "mobile" } } } },
    ),
  ],
  [
    "journeys.j.enter.segment",
    withJourney({ enter: { segment: "d" } }, { segments: { d: { when: { all: [] }, evaluate: "device" } } }),
  ],
  ["journeys.j", withJourney({}, { private: ["X"] })],
  ["journeys.j", withJourney({ goal: "Secret" }, { private: ["Secret"] })],
  ["journeys.j", withJourney({ steps: [{ webhook: "w", data: { a: ["{{ measures.m }}"] } }] }, SECRET)],
  ["journeys.j", withJourney({ steps: [{ trait: { a: "{{ measures.m | none }}" } }] }, SECRET)],
  [
    "templates.t",
    withJourney({}, { ...SECRET, templates: { t: { subject: "{{ measures.m }}", html: "" } } }),
  ],
  ["journeys.j.steps[0].data.a", withSteps({ webhook: "w", data: { a: "{{ measures.m }}" } })],
  ["journeys.j.steps[0].data.a[0].b", withSteps({ webhook: "w", data: { a: [{ b: "{{ name }}" }] } })],
  ["journeys.j.steps[0].trait.html", withSteps({ trait: { html: "{{ context.city }}" } })],
  ["journeys.j.steps[0].properties.a", withSteps({ event: "E", properties: { a: "{{ traits }}" } })],
  ["journeys.j", withSteps(...Array.from({ length: 101 }, () => ({ end: true })))],
];

const nested = (depth: number): object =>
  depth === 0 ? { end: true } : { if: { all: [] }, then: [nested(depth - 1)] };

describe("the check of journeys", () => {
  test.for(ACCEPTED)("Y17 D1 J1 takes %j, as the schema does", (definition) => {
    expect(checkDefinition(definition)).toEqual([]);
    expect(definitionSchema.safeParse(definition).error?.issues ?? []).toEqual([]);
    expect(definitionSchema.parse(definition)).toEqual(definition);
  });

  test.for(REFUSED)("Y17 D3 J1 refuses at %s: %j", ([path, definition]) => {
    expect(checkDefinition(definition).map((issue) => issue.path)).toContain(path);
    expect(definitionSchema.safeParse(definition).success).toBe(false);
    expect(() => dryRun(definition, [], 0)).toThrow(path);
  });

  test.for(BEYOND)("Y17 J2 refuses at %s what is more than form: %j", ([path, definition]) => {
    expect(checkDefinition(definition).map((issue) => issue.path)).toContain(path);
    expect(definitionSchema.safeParse(definition).success).toBe(true);
  });

  test("Y17 takes branches 8 deep and no deeper, and an address or a word of data is no condition", () => {
    expect(checkDefinition(withSteps(nested(7)))).toEqual([]);
    expect(checkDefinition(withSteps(nested(8)))).not.toEqual([]);
    expect(checkDefinition(withSteps({ webhook: "w", data: { context: { a: 1 } } }))).toEqual([]);
    const data = { count: "Secret", measure: "m", of: { event: "Secret" } };
    for (const step of [{ webhook: "w", data }, { event: "E", properties: data }, { trait: data }])
      expect(checkDefinition({ ...withSteps(step), ...SECRET })).toEqual([]);
  });
});
