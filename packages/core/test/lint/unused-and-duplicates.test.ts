import { expect, test } from "vitest";
import type { Definition, JourneyStep } from "../../src/index.ts";
import { lint } from "../../src/lint/lint.ts";

const found = (definition: Definition): string[] =>
  lint(definition).map(({ code, path }) => `${code} ${path}`);

test("H9 a measure that no condition asks for", () => {
  const measures = { m: { count: "x" } };
  expect(found({ segments: {}, measures })).toEqual(["unused-measure measures.m"]);
  expect(found({ segments: { s: { not: { any: [{ measure: "m", gt: 1 }] } } }, measures })).toEqual([]);
  const variants = [{ id: "v", when: { measure: "m", gt: 1 }, content: {} }];
  expect(found({ segments: {}, measures, slots: { hero: { variants } } })).toEqual([]);
});

test("H9 a measure that a journey asks for, or says", () => {
  const found = (step: JourneyStep, templates = {}): string[] =>
    lint({
      segments: {},
      measures: { m: { count: "x" } },
      journeys: { j: { enter: { count: "x", gte: 1 }, steps: [step] } },
      templates,
    }).map(({ code }) => code);
  expect(found({ send: "email", template: "hello" })).toEqual(["unused-measure"]);
  expect(found({ if: { measure: "m", gt: 1 }, then: [{ end: true }] })).toEqual([]);
  expect(found({ webhook: "crm", data: { uses: "{{ measures.m }}" } })).toEqual([]);
  expect(
    found({ send: "email", template: "hello" }, { hello: { subject: "{{ measures.m }}", text: "" } }),
  ).toEqual([]);
});

test("H10 two segments with the same condition, however it is written", () => {
  const segments: Definition["segments"] = {
    a: { count: "x", gt: 1 },
    b: { name: "B", when: { gt: 1, count: "x" } },
    c: { count: "x", gt: 2 },
  };
  expect(lint({ segments })).toEqual([
    {
      code: "duplicate-segment",
      path: "segments.b",
      message: expect.stringContaining('same condition as "a"'),
      severity: "info",
    },
  ]);
});

test("H10 two segments with the same condition at different places are not the same", () => {
  const when = { count: "x", gt: 1 };
  expect(found({ segments: { a: when, b: { when, evaluate: "edge" } } })).toEqual([]);
});
