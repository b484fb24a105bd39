import { describe, expect, test } from "vitest";
import type { Condition, Duration } from "../../src/index.ts";
import { lint } from "../../src/lint/lint.ts";

function beyond(when: Condition, keptFor?: Duration): string[] {
  return lint({ segments: { s: when } }, keptFor === undefined ? {} : { keptFor })
    .filter(({ code }) => code === "window-beyond-log")
    .map(({ path }) => path);
}

describe("H5 a look further back than the log goes", () => {
  test.for<[Condition, string]>([
    [{ count: "x", within: "401d", gt: 1 }, "segments.s.within"],
    [{ not: { count: "x", within: "401d", gt: 1 } }, "segments.s.not.within"],
    [{ sinceLast: "x", gte: "401d" }, "segments.s.gte"],
    [{ sinceFirst: "x", between: ["1d", "401d"] }, "segments.s.between"],
    [{ sequence: ["x", "y"], within: "500d" }, "segments.s.within"],
    [{ sequence: ["x", "y"], span: "500d" }, "segments.s.span"],
    [{ trend: { count: "x" }, every: "30d", periods: 13, change: { lte: 0 } }, "segments.s.every"],
  ])("is found in %j", ([when, path]) => expect(beyond(when)).toEqual([path]));

  test.for<Condition>([
    { count: "x", within: "400d", gt: 500 },
    { count: "x", within: "session", gt: 1 },
    { count: "x", gt: 1 },
    { sinceLast: "x", gte: "400d" },
    { sequence: ["x", "y"], within: "7d", span: "1d" },
    { trend: { count: "x" }, every: "30d", periods: 12, change: { lte: 0 } },
  ])("is not found in %j", (when) => expect(beyond(when)).toEqual([]));

  test("goes by how long the host keeps it, and says both", () => {
    expect(beyond({ count: "x", within: "31d", gt: 1 }, "30d")).toEqual(["segments.s.within"]);
    expect(beyond({ count: "x", within: "30d", gt: 1 }, "30d")).toEqual([]);
    const [finding] = lint({ segments: { s: { count: "x", within: "36h", gt: 1 } } }, { keptFor: "1d" });
    expect(finding!.message).toContain("looks back 1.5 days, but the log is kept for 1 days");
  });

  test("H2 H5 is found in a named measure", () => {
    const measures = { m: { count: "x", within: "500d" } } as const;
    const found = lint({ segments: { s: { measure: "m", gt: 1 } }, measures });
    expect(found.map(({ path }) => path)).toEqual(["measures.m.within"]);
  });
});
