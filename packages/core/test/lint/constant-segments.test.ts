import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile, type Condition, type Definition } from "../../src/index.ts";
import { lint } from "../../src/lint/lint.ts";
import { CONTEXTS, definition } from "../kit/arbitraries.ts";
import { Oracle } from "../kit/oracle.ts";
import { LATER, log } from "../kit/steps.ts";

const numRuns = Number(process.env["MURMUR_RUNS"] ?? 1_000);
const timeout = Math.max(20_000, numRuns * 100);

const A: Condition = { count: "x", gt: 3 };
const NOWHERE = { event: "x", where: { category: { $in: [] } } };
/** Others' events keep a session going, however long ago the last of these was. */
const AGES_IN_SESSION: Condition = { sinceLast: "x", within: "session", gte: "30m" };
const measures = { m: { count: "x" } };

function codes(when: Condition): string[] {
  return lint({ segments: { s: when, n: { measure: "m", gt: 7 }, empty: { any: [] } }, measures })
    .filter(({ path }) => path === "segments.s")
    .map(({ code }) => code);
}

describe("H6 H7 a segment that can never be true", () => {
  test.for<Condition>([
    { any: [] },
    { not: { all: [] } },
    { all: [A, { any: [] }] },
    { segment: "empty" },
    { atLeast: 3, of: [A, A] },
    { atLeast: 2, of: [A, A, { any: [] }, { any: [] }].slice(1) },
    { count: "x", lt: 0 },
    { count: "x", eq: 1.5 },
    { count: "x", lte: -1 },
    { count: "x", between: [3, 1] },
    { avg: "p", of: "x", between: [3, 1] },
    { sinceLast: "x", lt: "0d" },
    { sinceLast: "x", between: ["2d", "1d"] },
    { sinceLast: "x", within: "7d", gte: "7d" },
    { sinceFirst: "x", within: "7d", gt: "10d", after: "y" },
    { measure: "m", lt: 0 },
    { distinct: "p", of: "x", lt: 0 },
    { favorite: "p", of: "x", in: [] },
    { trait: { plan: { $in: [["pro"], { name: "pro" }] } } },
    {
      all: [
        { count: "x", lt: 1 },
        { count: "x", gt: 3 },
      ],
    },
    {
      all: [
        { count: "x", gt: 1 },
        { count: "x", lt: 2 },
      ],
    },
    { all: [{ count: "x", lt: 1 }, { all: [{ measure: "m", gt: 3 }] }] },
    {
      all: [
        { avg: "p", of: "x", gt: 1 },
        { avg: "p", of: "x", lt: 1 },
      ],
    },
    {
      all: [
        { first: "p", of: "x", eq: "a" },
        { first: "p", of: "x", in: ["b", "c"] },
      ],
    },
    { all: [A, { not: A }] },
    { count: NOWHERE, gte: 1 },
    { avg: "p", of: NOWHERE, gte: -5 },
    { sequence: ["x", NOWHERE] },
    { trend: { count: NOWHERE }, every: "1d", periods: 1, change: { lte: 1 } },
    { trait: { tier: { $in: [] } } },
    { trait: { $nor: [] } },
    { trait: { $and: [{ a: 1 }, { $not: {} }] } },
    { context: { $or: [{ a: { $in: [] } }] } },
  ])("is found: %j", (when) => expect(codes(when)).toEqual(["never-true"]));
});

describe("H6 H7 a segment that can never be false", () => {
  test.for<Condition>([
    { all: [] },
    { not: { any: [] } },
    { not: { segment: "empty" } },
    { any: [A, { all: [] }] },
    { atLeast: 0, of: [A] },
    { count: "x", gte: 0 },
    { count: "x", gt: -1 },
    { not: { count: "x", lt: 0 } },
    {
      any: [
        { count: "x", lt: 3 },
        { count: "x", gt: 2 },
      ],
    },
    {
      any: [
        { sum: "p", of: "x", lte: 3 },
        { sum: "p", of: "x", gt: 3 },
      ],
    },
    { any: [A, { not: A }] },
    { count: NOWHERE, lt: 1 },
    { trait: {} },
    { trait: { $or: [] } },
    { trait: { a: { $nin: [] } } },
  ])("is found: %j", (when) => expect(codes(when)).toEqual(["always-true"]));

  test("H6 is for information where it says so itself", () => {
    expect(lint({ segments: { everyone: { all: [] } } })).toMatchObject([{ severity: "info" }]);
    expect(lint({ segments: { s: { count: "x", gte: 0 } } })).toMatchObject([{ severity: "warning" }]);
  });
});

test.for<Condition>([
  A,
  { not: A },
  {
    all: [
      { count: "x", gte: 1 },
      { count: "x", lt: 2 },
    ],
  },
  {
    all: [
      { avg: "p", of: "x", gt: 1 },
      { avg: "p", of: "x", lt: 2 },
    ],
  },
  {
    all: [
      { count: "x", lt: 1 },
      { count: "y", gt: 3 },
    ],
  },
  {
    all: [
      { count: "x", lt: 1 },
      { count: "x", within: "7d", gt: 3 },
    ],
  },
  {
    any: [
      { count: "x", lt: 1 },
      { count: "x", gt: 3 },
    ],
  },
  {
    any: [
      { sum: "p", of: "x", lt: 3 },
      { sum: "p", of: "x", gt: 3 },
    ],
  },
  {
    any: [
      { avg: "p", of: "x", lt: 3 },
      { avg: "p", of: "x", gte: 3 },
    ],
  },
  { sum: "p", of: "x", lt: 0 },
  { min: "p", of: "x", between: [-3, -1] },
  { count: "x", ne: 1 },
  { sinceLast: "x", gte: "0d" },
  { sinceFirst: "x", eq: "0d" },
  AGES_IN_SESSION,
  { first: "p", of: "x", eq: "a" },
  {
    all: [
      { first: "p", of: "x", in: ["a", "b"] },
      { first: "p", of: "x", eq: "a" },
    ],
  },
  { atLeast: 2, of: [A, { any: [] }, { trait: { a: 1 } }] },
  { trait: { a: { $nin: [], $gt: 1 } } },
  { trait: { a: { $in: [["pro"], "pro"] } } },
  { trait: { a: { $in: [null] } } },
  { trait: { a: { $not: { $gt: 1 } }, $or: [{ b: 1 }] } },
  // What is always true within an `all` that stands alone says nothing of what stands beside it.
  { any: [{ all: [A, { count: "x", gte: 0 }] }] },
  { all: [{ all: [A, { distinct: "p", of: "x", gt: -1 }] }] },
])("H8 nothing is found in %j", (when) => expect(codes(when)).toEqual([]));

test("H8 W4 a session that others' events keep going has events that are older than half an hour", () => {
  const profile = compile({ segments: { s: AGES_IN_SESSION } }).profile();
  for (const [minute, name] of [
    [0, "x"],
    [20, "y"],
    [40, "y"],
  ] as const)
    profile.record({ id: `${minute}`, name, timestamp: LATER + minute * 60_000 });
  expect(profile.segments()).toEqual(["s"]);
});

test("H8 what is found is so, by the oracle, whatever the log", { timeout }, () => {
  fc.assert(
    fc.property(definition, log, fc.nat(LATER), (written, entries, idle) => {
      const oracle = new Oracle(written);
      for (const entry of entries) oracle.add(entry);
      const now = Math.max(...entries.map(({ timestamp }) => timestamp)) + idle;
      const members = CONTEXTS.map((context) => oracle.members(now, context));
      for (const { code, path } of lint(written)) {
        const [section, id] = path.split(".");
        if (section !== "segments" || !/^(?:never|always)-true$/.test(code)) continue;
        for (const ids of members) expect(ids.includes(id!)).toBe(code === "always-true");
      }
    }),
    { numRuns },
  );
});

test("H6 says where it is so, in a segment that another one names, too", () => {
  const never: Condition = { count: "x", lt: 0 };
  const segments = { short: never, long: { when: never } };
  for (const [id, path] of [
    ["short", "segments.short"],
    ["long", "segments.long.when"],
  ] as const) {
    const finding = lint({ segments: { ...segments, s: { segment: id } } }).find(
      (each) => each.path === "segments.s",
    );
    expect(finding!.message).toMatch(new RegExp(` at ${path.replaceAll(".", "\\.")}$`));
  }
});

test("H2 H6 a variant for everybody is how a slot ends; one for nobody is found", () => {
  const variant = (when: Condition): NonNullable<Definition["slots"]> => ({
    hero: { variants: [{ id: "v", when, content: {} }] },
  });
  expect(lint({ segments: {}, slots: variant({ all: [] }) })).toEqual([]);
  expect(lint({ segments: {}, slots: variant({ any: [] }) })).toMatchObject([
    { code: "never-true", path: "slots.hero.variants[0].when" },
  ]);
});
