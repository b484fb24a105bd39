import { describe, expect, test } from "vitest";
import { checkDefinition, DefinitionError } from "../src/index.ts";
import { issuesOf, ofSegment } from "./kit/issues.ts";

const VIEWED = { count: "Product Viewed", gt: 3 };

describe("a definition that is wrong", () => {
  test("D1 D3 says all that is wrong at once, each with its path", () => {
    const issues = issuesOf({
      segments: {
        a: { count: "Product Viewed", gte: "3" },
        b: { all: [VIEWED, { cuont: "x", gt: 1 }] },
        c: { when: { segment: "d" }, evaluate: "here", colour: 1 },
      },
      measures: { m: { sinceLast: "x", within: "7 days" } },
      slots: { hero: { variants: [{ id: "v", when: VIEWED }] } },
      segmnets: {},
    });
    expect(issues.map(({ path }) => path)).toEqual([
      "segmnets",
      "measures.m.within",
      "segments.a.gte",
      "segments.b.all[1]",
      "segments.c.colour",
      "segments.c.evaluate",
      "slots.hero.variants[0].content",
      "segments.c.when.segment",
    ]);
  });

  test("D3 is an error whose text names every path", () => {
    const error = new DefinitionError(issuesOf({ segments: { s: { count: "" } } }));
    expect(error.code).toBe("definition_invalid");
    expect(error.name).toBe("DefinitionError");
    expect(error.message).toContain("segments.s.count: must be an event name");
    expect(new DefinitionError(checkDefinition(null)).message).toContain("definition: must be an object");
  });

  test.for<[unknown, string]>([
    [{ cuont: "x", gt: 1 }, '"cuont" is no condition: did you mean "count"?'],
    [{ sincelast: "x", gt: "1d" }, 'did you mean "sinceLast"?'],
    [{ count: "x", whithin: "7d", gt: 1 }, 'unknown key: did you mean "within"?'],
    [{ segment: "S" }, 'unknown segment "S": did you mean "s"?'],
    [{ trait: { a: { $startWith: "x" } } }, 'did you mean "$startsWith"?'],
    [{ measure: "views", gt: 1 }, 'unknown measure "views"'],
    [{ gt: 1 }, "no condition; known are all, any, not"],
    [{ wen: { count: "x", gt: 1 } }, '"wen" is no condition: did you mean "when"?'],
    [{ name: "Browser", whn: { count: "x", gt: 1 } }, '"whn" is no condition: did you mean "when"?'],
    [{ within: "7d", cuont: "x", gt: 1 }, '"cuont" is no condition: did you mean "count"?'],
    [{ and: [] }, '"and" is no condition: did you mean "all"?'],
    [{ AND: [] }, '"AND" is no condition: did you mean "all"?'],
    [{ $and: [] }, '"$and" is no condition: did you mean "all"?'],
    [{ or: [] }, '"or" is no condition: did you mean "any"?'],
    [{ $or: [] }, '"$or" is no condition: did you mean "any"?'],
    [{ average: "total", of: "x", gt: 1 }, '"average" is no condition: did you mean "avg"?'],
    [{ count: "x", where: { a: 1 }, gt: 1 }, 'stands with the event: "count": { "event": …, "where": … }'],
    [{ sum: "a", of: "x", where: {}, gt: 1 }, 'stands with the event: "of": { "event": …, "where": … }'],
  ])("D4 says what %j may have meant", ([when, message]) => {
    expect(ofSegment(when)[0]!.message).toContain(message);
  });

  test("D4 says nothing of `when` where only a condition may stand", () => {
    const [issue] = ofSegment({ not: { wen: { count: "x", gt: 1 } } });
    expect(issue!.message).toBe('"wen" is no condition');
  });

  test.for<[unknown, string]>([
    [{ count: "x" }, "needs a comparison"],
    [{ count: "x", gt: 1, lt: 3 }, "gt and lt stand side by side"],
    [{ count: "x", between: [1] }, "must be a list of two"],
    [{ count: "x", gt: "1d" }, "must be a number"],
    [{ count: "x", gt: NaN }, "must be a number"],
    [{ sinceLast: "x", gt: 5 }, "must be a duration"],
    [{ sinceLast: "x", gt: "-5d" }, "must be a duration"],
    [{ sinceLast: "x", gt: "1.5d" }, "must be a duration"],
    [{ sinceLast: "x", gt: "999999999999999w" }, "must be a duration"],
    [{ count: "x", within: "0d", gt: 1 }, "must be longer than nothing"],
    [{ count: "x", sinceLast: "x", gt: 1 }, "stand side by side"],
    [{ all: [], any: [] }, "stand side by side"],
    [{ all: {} }, "must be a list of conditions"],
    [{ not: [] }, "must be a condition"],
    [{ count: { event: [] }, gt: 1 }, "must name at least one event"],
    [{ count: { event: "x", were: {} }, gt: 1 }, "unknown key"],
    [{ count: { where: {} }, gt: 1 }, "must be an event name"],
    [{ count: ["x"], gt: 1 }, "must be an event name or"],
    [null, "must be a condition"],
    ["x", "must be a condition"],
  ])("D5 D6 refuses %j", ([when, message]) => {
    expect(
      ofSegment(when)
        .map((issue) => issue.message)
        .join(),
    ).toContain(message);
  });

  test.for([undefined, null, 5, "x", [], () => {}])("D1 D3 is not %s", (definition) => {
    expect(issuesOf(definition)).toHaveLength(1);
  });

  test.for([{}, { segments: undefined }, { segments: null }, { segments: [] }])(
    "D1 has segments: %j",
    (none) => {
      expect(issuesOf(none).map(({ path }) => path)).toEqual(["segments"]);
    },
  );

  test("D3 D8 refuses what comes with a measure's name", () => {
    const measures = { idle: { sinceLast: "x" }, bad: 5 };
    const issues = issuesOf({ segments: { s: { measure: "idle", gt: 5 } }, measures });
    expect(issues.map(({ path }) => path)).toEqual(["measures.bad", "segments.s.gt"]);
    expect(ofSegment({ measure: { toString: 1 }, gt: 1 })).toHaveLength(1);
    expect(ofSegment({ measure: "toString", gt: 1 })).toHaveLength(1);
  });
});

describe("a segment that needs another", () => {
  test.for<[string, Record<string, unknown>, string]>([
    ["itself", { a: { segment: "a" } }, "a → a"],
    ["what needs it", { a: { segment: "b" }, b: { not: { segment: "a" } } }, "a → b → a"],
    [
      "a ring further on",
      { a: { segment: "b" }, b: { segment: "c" }, c: { any: [VIEWED, { segment: "b" }] } },
      "b → c → b",
    ],
  ])("D8 is refused when it needs %s", ([, segments, cycle]) => {
    const issues = issuesOf({ segments });
    expect(issues).toHaveLength(1);
    expect(issues[0]!.message).toContain(`needs itself: ${cycle}`);
  });

  test("D8 may need one that others need too", () => {
    const segments = { a: VIEWED, b: { segment: "a" }, c: { all: [{ segment: "a" }, { segment: "b" }] } };
    expect(issuesOf({ segments })).toEqual([]);
  });

  test.for<unknown>(["nobody", "__proto__", "constructor", 5, null, {}, { toString: 1 }])(
    "D8 must name one: %j",
    (id) => {
      expect(ofSegment({ segment: id })).toEqual([
        { path: "segments.s.segment", message: expect.stringContaining("unknown segment") },
      ]);
    },
  );

  test.for([
    ["both", "edge", false],
    ["both", "device", false],
    ["edge", "device", false],
    ["device", "edge", false],
    ["edge", "edge", true],
    ["edge", "both", true],
    ["device", "device", true],
    ["device", "both", true],
    ["both", "both", true],
  ] as const)("D9 %s that needs %s: %s", ([needing, needed, fits]) => {
    const segments = {
      a: { when: VIEWED, evaluate: needed },
      b: { when: { segment: "a" }, evaluate: needing },
    };
    const slots = {
      hero: { variants: [{ id: "v", when: { segment: "a" }, content: {} }], evaluate: needing },
    };
    expect(issuesOf({ segments }).length === 0).toBe(fits);
    expect(issuesOf({ segments: { a: segments.a }, slots }).length === 0).toBe(fits);
  });
});

describe("a slot that is wrong", () => {
  test.for<[unknown, string]>([
    [5, "slots.hero"],
    [{}, "slots.hero.variants"],
    [{ variants: [], fallback: undefined }, "slots.hero.fallback"],
    [{ variants: [], fallback: { content: [] } }, "slots.hero.fallback.content"],
    [{ variants: [], evaluate: "nowhere" }, "slots.hero.evaluate"],
    [{ variants: [], cap: {} }, "slots.hero.cap.max"],
    [{ variants: [], size: 1 }, "slots.hero.size"],
    [{ variants: [{ id: "", when: VIEWED, content: {} }] }, "slots.hero.variants[0].id"],
    [{ variants: [{ id: "v", when: {}, content: {} }] }, "slots.hero.variants[0].when"],
    [{ variants: [1] }, "slots.hero.variants[0]"],
  ])("D1 L5 %j at %s", ([hero, path]) => {
    expect(issuesOf({ segments: {}, slots: { hero } })[0]!.path).toBe(path);
  });

  test("L5 names a variant twice", () => {
    const variant = { id: "v", when: VIEWED, content: {} };
    expect(issuesOf({ segments: {}, slots: { hero: { variants: [variant, variant] } } })).toEqual([
      { path: "slots.hero.variants[1].id", message: '"v" stands twice in this slot' },
    ]);
  });
});
