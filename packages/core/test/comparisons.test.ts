import { describe, expect, test } from "vitest";
import type { Comparison, Json } from "../src/index.ts";
import { holds, valued } from "./kit/entries.ts";

const KINDS = ["favorite", "first", "last"] as const;

/** Whether the value compares, as each of the three measures that may be any scalar. */
function compares(value: Json | undefined, comparison: Comparison): boolean {
  const events = value === undefined ? [] : valued([value]);
  const [answer, ...others] = KINDS.flatMap((kind) =>
    [{}, { within: "1s" }].map((narrowing) =>
      holds({ [kind]: "x", of: "X", ...narrowing, ...comparison } as never, events, 1),
    ),
  );
  for (const other of others) expect(other).toBe(answer);
  return answer!;
}

describe("a scalar", () => {
  test.for<[Json, Comparison, boolean]>([
    ["1", { eq: "1" }, true],
    ["1", { eq: 1 }, false],
    [1, { eq: 1 }, true],
    [1, { eq: true }, false],
    [true, { eq: true }, true],
    ["true", { eq: true }, false],
    ["", { eq: "" }, true],
    [0, { eq: false }, false],
    ["2h", { eq: "2h" }, true],
    [7_200_000, { eq: "2h" }, false],
    ["Shoes", { eq: "shoes" }, false],
  ])("K6 %j with %j: %s", ([value, comparison, wanted]) => {
    expect(compares(value, comparison)).toBe(wanted);
    expect(compares(value, { ne: comparison.eq! })).toBe(!wanted);
    expect(compares(value, { in: [comparison.eq!] })).toBe(wanted);
  });

  test.for<[Json, Comparison, boolean]>([
    ["a", { in: ["b", "a"] }, true],
    ["a", { in: [] }, false],
    [1, { in: ["1", true] }, false],
    [1, { in: ["1", 1] }, true],
    [false, { in: [0, "", false] }, true],
    ["__proto__", { in: ["constructor"] }, false],
  ])("K6 %j with %j: %s", ([value, comparison, wanted]) => {
    expect(compares(value, comparison)).toBe(wanted);
  });

  test.for<[Json, Comparison, boolean]>([
    [5, { gt: 4 }, true],
    [5, { gt: 5 }, false],
    [5, { gte: 5 }, true],
    [5, { lt: 5 }, false],
    [5, { lte: 5 }, true],
    [5, { between: [5, 5] }, true],
    [5, { between: [6, 4] }, false],
    ["5", { gt: 4 }, false],
    ["5", { lt: 9 }, false],
    [true, { gte: 1 }, false],
    ["5", { between: [0, 9] }, false],
  ])("K7 %j with %j: %s", ([value, comparison, wanted]) => {
    expect(compares(value, comparison)).toBe(wanted);
  });
});

describe("a missing measure", () => {
  test.for<Comparison>([
    { eq: 0 },
    { eq: "undefined" },
    { ne: 0 },
    { ne: "x" },
    { in: ["x", ""] },
    { gt: -1 },
    { gte: 0 },
    { lt: 1 },
    { lte: 1e308 },
    { between: [-1, 1] },
  ])("K4 satisfies no %j", (comparison) => {
    expect(compares(undefined, comparison)).toBe(false);
    expect(compares(null, comparison)).toBe(false);
    if ("in" in comparison || typeof (comparison.eq ?? comparison.ne) === "string") return;
    for (const kind of ["avg", "min", "max"])
      expect(holds({ [kind]: "x", of: "X", ...comparison } as never, valued(["7"]), 9)).toBe(false);
  });

  test("K4 K5 satisfies no comparison of durations", () => {
    for (const comparison of [{ ne: "1s" }, { lt: "1s" }, { gte: "0ms" }, { between: ["0s", "9w"] }])
      for (const kind of ["sinceLast", "sinceFirst"])
        expect(holds({ [kind]: "X", ...comparison } as never, [], 9)).toBe(false);
  });
});

describe("a number", () => {
  test.for<[number, Comparison, boolean]>([
    [3, { gt: 2.5 }, true],
    [2, { gt: 2.5 }, false],
    [2, { lt: 2.5 }, true],
    [2, { eq: 2.5 }, false],
    [2, { ne: 2.5 }, true],
    [2, { between: [1.5, 2.5] }, true],
    [3, { between: [1.5, 2.5] }, false],
    [2, { between: [2, 2] }, true],
    [2, { gt: -1 }, true],
    [0, { lte: -0.5 }, false],
    [5, { lt: 1e308 }, true],
    [5, { gt: 1e308 }, false],
  ])("K1 K2 K3 a count of %d with %j: %s", ([many, comparison, wanted]) => {
    const events = valued(Array<Json>(many).fill(1));
    for (const narrowing of [{}, { within: "1s" }, { within: "session" }, { after: "Y" }] as const) {
      expect(holds({ count: "X", ...narrowing, ...comparison }, events, 9)).toBe(wanted);
      const different = valued([...Array(many).keys()]);
      expect(holds({ distinct: "x", of: "X", ...narrowing, ...comparison }, different, 9)).toBe(wanted);
    }
  });
});
