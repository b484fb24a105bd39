import { describe, expect, test } from "vitest";
import { issuesOf, ofSegment } from "./kit/issues.ts";

describe("a measure that is wrong", () => {
  test.for<[unknown, string, string]>([
    [{ sum: 5, of: "x", gt: 1 }, "sum", "must be a path"],
    [{ sum: "", of: "x", gt: 1 }, "sum", "must be a path"],
    [{ avg: "a..b", of: "x", gt: 1 }, "avg", "must be a path"],
    [{ favorite: ".a", of: "x", eq: 1 }, "favorite", "must be a path"],
    [{ sum: "a", gt: 1 }, "of", "must be an event name or"],
    [{ min: "a", of: {}, gt: 1 }, "of.event", "must be an event name, not missing"],
    [{ max: "a", of: [], gt: 1 }, "of", "must be an event name or"],
    [{ distinct: "a", of: "x", gt: "1d" }, "gt", "must be a number"],
    [{ distinct: "a", of: "x", eq: "a" }, "eq", "must be a number"],
    [{ sum: "a", of: "x", in: [1] }, "in", "is for favorite, first and last"],
    [{ count: "x", in: [1] }, "in", "is for favorite, first and last"],
    [{ sinceLast: "x", in: ["1d"] }, "in", "is for favorite, first and last"],
    [{ favorite: "a", of: "x", in: "a" }, "in", "must be a list of values"],
    [{ first: "a", of: "x", in: ["a", null] }, "in[1]", "must be a string, a number, true or false"],
    [{ last: "a", of: "x", eq: null }, "eq", "must be a string, a number, true or false"],
    [{ last: "a", of: "x", ne: ["a"] }, "ne", "must be a string, a number, true or false"],
    [{ first: "a", of: "x", eq: Infinity }, "eq", "must be a string, a number, true or false"],
    [{ first: "a", of: "x", gt: "a" }, "gt", "must be a number"],
    [{ first: "a", of: "x", between: [1, "b"] }, "between[1]", "must be a number"],
    [{ sum: "a", of: "x", within: "sesion", gt: 1 }, "within", "must be a duration"],
    [{ count: "x", within: "session", gt: "1d" }, "gt", "must be a number"],
    [{ count: "x", after: 5, gt: 1 }, "after", "must be an event name or"],
    [{ count: "x", after: { event: "x", within: "1d" }, gt: 1 }, "after.within", "unknown key"],
    [{ count: "x", of: "y", gt: 1 }, "of", "unknown key"],
    [{ sum: "a", of: "x", span: "1d", gt: 1 }, "span", "unknown key"],
  ])("D5 %j at %s", ([when, path, message]) => {
    expect(ofSegment(when)).toEqual([
      { path: `segments.s.${path}`, message: expect.stringContaining(message) },
    ]);
  });

  test.for<[unknown, string]>([
    [{ sum: "a", avg: "b", of: "x", gt: 1 }, "sum and avg stand side by side"],
    [{ favorite: "a", of: "x" }, "needs a comparison"],
    [{ favorite: "a", of: "x", eq: 1, in: [1] }, "eq and in stand side by side"],
    [{ favourite: "a", of: "x", eq: 1 }, 'did you mean "favorite"?'],
    [{ atleast: 1, of: [] }, 'did you mean "atLeast"?'],
  ])("D4 D5 %j", ([when, message]) => {
    const [issue] = ofSegment(when);
    expect(issue).toEqual({ path: "segments.s", message: expect.stringContaining(message) });
  });

  test("D3 D5 among the definition's own", () => {
    const measures = {
      a: { sum: "x", of: "X", gt: 1 },
      b: { of: "X" },
      c: { sum: "x", min: "x", of: "X" },
      d: { measure: "a" },
      e: { sequence: ["X"] },
      f: { favorite: "x", of: "X", within: "session", after: "Y" },
    };
    expect(issuesOf({ segments: {}, measures }).map(({ path }) => path)).toEqual([
      "measures.a.gt",
      "measures.b",
      "measures.c",
      "measures.d",
      "measures.e",
    ]);
  });

  test("D5 K6 a named measure compares as what it names", () => {
    const measures = { brand: { favorite: "brand", of: "X" }, spent: { sum: "total", of: "X" } };
    const segments = {
      a: { measure: "brand", in: ["a", 1, true] },
      b: { measure: "spent", in: [1] },
      c: { measure: "spent", eq: "a" },
      d: { measure: "brand", eq: "a" },
    };
    expect(issuesOf({ segments, measures }).map(({ path }) => path)).toEqual([
      "segments.b.in",
      "segments.c.eq",
    ]);
  });
});

describe("a pattern that is wrong", () => {
  const trend = { trend: { count: "x" }, every: "1d", periods: 1, change: { lte: 0 } };

  test.for<[unknown, string, string]>([
    [{ sequence: "x" }, "sequence", "must be a list of selectors"],
    [{ sequence: [] }, "sequence", "must have at least one step"],
    [{ sequence: Array(65).fill("x") }, "sequence", "has 65 steps, more than 64"],
    [{ sequence: ["x", 5] }, "sequence[1]", "must be an event name or"],
    [{ sequence: [{ event: "x", gt: 1 }] }, "sequence[0].gt", "unknown key"],
    [{ sequence: ["x"], span: 5 }, "span", "must be a duration"],
    [{ sequence: ["x"], within: "0d" }, "within", "must be longer than nothing"],
    [{ sequence: ["x"], within: "session" }, "within", "must be a duration"],
    [{ sequence: ["x"], without: [] }, "without", "must be an event name or"],
    [{ sequence: ["x"], after: "y" }, "after", "unknown key"],
    [{ sequence: ["x"], witout: "y" }, "witout", 'did you mean "without"?'],
    [{ ...trend, trend: 5 }, "trend", "must be a measure"],
    [{ ...trend, gt: 1 }, "gt", "unknown key"],
    [{ ...trend, trend: { count: 5 } }, "trend.count", "must be an event name or"],
    [{ ...trend, trend: { count: "x", of: "x" } }, "trend.of", "unknown key"],
    [{ ...trend, every: "session" }, "every", "must be a duration"],
    [{ ...trend, every: "0s" }, "every", "must be longer than nothing"],
    [{ ...trend, periods: 0 }, "periods", "must be a whole number from 1 to 64"],
    [{ ...trend, periods: 65 }, "periods", "must be a whole number from 1 to 64"],
    [{ ...trend, periods: 1.5 }, "periods", "must be a whole number from 1 to 64"],
    [{ ...trend, change: -0.2 }, "change", "must be { lte: ratio }"],
    [{ ...trend, change: {} }, "change", "must have one of lte and gte"],
    [{ ...trend, change: { lte: 0, gte: 0 } }, "change", "must have one of lte and gte"],
    [{ ...trend, change: { lte: "20%" } }, "change.lte", "must be a number"],
    [{ atLeast: -1, of: [] }, "atLeast", "must be a whole number"],
    [{ atLeast: 1.5, of: [] }, "atLeast", "must be a whole number"],
    [{ atLeast: 1 }, "of", "must be a list of conditions"],
    [{ atLeast: 1, of: [5] }, "of[0]", "must be a condition"],
    [{ atLeast: 1, of: [], gte: 1 }, "gte", "unknown key"],
    [{ context: 5 }, "context", "must be a filter"],
    [{ context: { hour: { $gth: 5 } } }, "context.hour.$gth", 'did you mean "$gt"?'],
  ])("D5 D6 D7 %j at %s", ([when, path, message]) => {
    expect(ofSegment(when)).toEqual([
      { path: `segments.s.${path}`, message: expect.stringContaining(message) },
    ]);
  });

  test("D7 may have 64 steps, and 64 periods", () => {
    expect(ofSegment({ sequence: Array(64).fill("x") })).toEqual([]);
    expect(ofSegment({ ...trend, periods: 64 })).toEqual([]);
  });

  test("D3 D5 of a trend says each thing that is missing", () => {
    expect(ofSegment({ trend: {} }).map(({ path }) => path)).toEqual([
      "segments.s.trend.sum",
      "segments.s.trend.of",
      "segments.s.every",
      "segments.s.periods",
      "segments.s.change",
    ]);
  });

  test("D5 stands beside nothing else", () => {
    expect(ofSegment({ sequence: ["x"], count: "x", gt: 1 })[0]!.message).toContain("stand side by side");
    expect(ofSegment({ ...trend, sequence: ["x"] })[0]!.message).toContain("stand side by side");
    expect(ofSegment({ atLeast: 1, of: [], all: [] })[0]!.message).toContain("stand side by side");
  });
});
