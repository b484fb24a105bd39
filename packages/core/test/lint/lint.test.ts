import fc from "fast-check";
import { expect, test } from "vitest";
import { lint } from "../../src/lint/lint.ts";
import { definition } from "../kit/arbitraries.ts";

test("H1 finds nothing in a definition that is as it should be", () => {
  const segments = {
    shoes: { count: { event: "Product Viewed", where: { category: "shoes" } }, within: "7d", gt: 3 },
    abandoner: {
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
  } as const;
  expect(lint({ segments })).toEqual([]);
});

test("H1 says all that it finds, of every rule", () => {
  const findings = lint(
    {
      segments: {
        a: { not: { sinceLast: "Order Completed", gte: "90d" } },
        b: { count: "x", lt: 0 },
        c: { count: "x", lt: 0 },
      },
      measures: { m: { count: "x" } },
    },
    { keptFor: "30d" },
  );
  expect(findings.map(({ code, path, severity }) => `${code} ${path} ${severity}`)).toEqual([
    "negation-trap segments.a.not warning",
    "window-beyond-log segments.a.not.gte warning",
    "never-true segments.b warning",
    "never-true segments.c warning",
    "unused-measure measures.m info",
    "duplicate-segment segments.c info",
  ]);
});

test("H1 takes every definition that passes the check", () => {
  fc.assert(
    fc.property(definition, (value) => {
      for (const { message, path } of lint(value)) expect(message && path).toBeTruthy();
    }),
    { numRuns: 500 },
  );
});
