import { canonical } from "../definition/canonical.ts";
import { pathReader } from "./path.ts";
import type { TestPlan } from "./test-plan.ts";

/** Whether a value holds. A missing value is `undefined`. */
export type Test = (value: unknown) => boolean;

const TESTS: Readonly<Record<TestPlan[0], (operand: never, then: TestPlan) => Test>> = {
  all: (plans: TestPlan[]) => {
    const tests = plans.map(testOf);
    return (value) => tests.every((test) => test(value));
  },
  any: (plans: TestPlan[]) => {
    const tests = plans.map(testOf);
    return (value) => tests.some((test) => test(value));
  },
  not: (plan: TestPlan) => {
    const test = testOf(plan);
    return (value) => !test(value);
  },
  some: (plan: TestPlan) => {
    const test = testOf(plan);
    return (value) => Array.isArray(value) && value.some(test);
  },
  at: (path: string, then) => {
    const read = pathReader(path);
    const test = testOf(then);
    return (value) => test(read(value));
  },
  eq: (wanted: unknown) => (value) => (value ?? null) === wanted,
  in: (wanted: unknown[]) => (value) => wanted.includes(value ?? null),
  json: (wanted: string) => (value) => canonical(value) === wanted,
  gt: (bound: number) => (value) => isOrdered(value) && value > bound,
  gte: (bound: number) => (value) => isOrdered(value) && value >= bound,
  lt: (bound: number) => (value) => isOrdered(value) && value < bound,
  lte: (bound: number) => (value) => isOrdered(value) && value <= bound,
  type: (wanted: string) => (value) =>
    (value == null ? "null" : Array.isArray(value) ? "array" : typeof value) === wanted,
  regex: (source: string) => {
    // Checked for its cost where the definition was compiled.
    const pattern = new RegExp(source);
    return (value) => typeof value === "string" && pattern.test(value);
  },
};

/** The closure that does a test. */
export function testOf([kind, operand, then]: TestPlan): Test {
  return TESTS[kind](operand as never, then as TestPlan);
}

/** Numbers by value, texts by code unit; a number and a text compare as numbers, as JavaScript has it. */
function isOrdered(value: unknown): value is number {
  return typeof value === "number" || typeof value === "string";
}
