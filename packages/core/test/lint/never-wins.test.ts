import { describe, expect, test } from "vitest";
import type { Condition, SlotCap, SlotVariant } from "../../src/index.ts";
import { lint } from "../../src/lint/lint.ts";

const A: Condition = { count: "x", gt: 3 };
const EVERYBODY: Condition = { all: [] };

function found(variants: Omit<SlotVariant, "content">[], cap: SlotCap[] = []): string[] {
  const hero = { variants: variants.map((variant) => ({ ...variant, content: {} })), cap };
  return lint({ segments: {}, slots: { hero } }).map(({ code, path }) => `${code} ${path}`);
}

describe("H11 a variant that never wins", () => {
  test("H11 stands behind one for everybody, or one of the same condition", () => {
    const second = "never-wins slots.hero.variants[1]";
    expect(
      found([
        { id: "a", when: EVERYBODY },
        { id: "b", when: A },
      ]),
    ).toEqual([second]);
    expect(
      found([
        { id: "a", when: { count: "x", gte: 0 } },
        { id: "b", when: A },
      ]),
    ).toEqual([second]);
    expect(
      found([
        { id: "a", when: A },
        { id: "b", when: { gt: 3, count: "x" } },
        { id: "c", when: EVERYBODY },
      ]),
    ).toEqual([second]);
  });

  test("H11 H8 but not behind one that has a cap or a schedule", () => {
    const variants = [
      { id: "a", when: A },
      { id: "b", when: A },
    ];
    expect(found(variants, [{ variant: "a", max: 1 }])).toEqual([]);
    expect(found([{ ...variants[0]!, schedule: { to: 5 } }, variants[1]!])).toEqual([]);
    expect(found(variants, [{ max: 1 }, { variant: "b", max: 1 }])).toHaveLength(1);
  });
});

test("H2 H6 an audience that is nobody is told", () => {
  const variants = [{ id: "a" }, { id: "b" }];
  const experiments = { x: { slot: "hero", variants, audience: { any: [] } }, y: { slot: "hero", variants } };
  expect(lint({ segments: {}, slots: { hero: { variants: [] } }, experiments })).toMatchObject([
    { code: "never-true", path: "experiments.x.audience" },
  ]);
});

test("H9 a measure that a text asks for is used", () => {
  const measures = { views: { count: "x" }, other: { count: "y" }, third: { count: "z" } } as const;
  const slots = {
    hero: { variants: [], fallback: { content: { a: [{ title: "{{ measures.views | 0 }}" }] } } },
  };
  const variants = [{ id: "a" }, { id: "b", content: { title: "{{measures.third}}" } }];
  expect(
    lint({ segments: {}, measures, slots, experiments: { x: { slot: "hero", variants } } }).map(
      ({ path }) => path,
    ),
  ).toEqual(["measures.other"]);
});
