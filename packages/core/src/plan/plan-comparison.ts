import { parseDuration } from "../definition/duration.ts";
import { COMPARISONS, type Bound, type Comparison } from "../definition/measure.ts";
import { every } from "../filter/plan-filter.ts";
import { testOf } from "../filter/test-of.ts";
import type { TestPlan } from "../filter/test-plan.ts";

/** A test of an operator's value, and the whole numbers v for which v-1 and v differ in its answer. */
export interface PlannedTest {
  test: TestPlan;
  edges: number[];
}

/** The comparison of a condition, if it has one. */
export function comparisonOf(condition: object): Comparison | undefined {
  const kind = COMPARISONS.find((key) => Object.hasOwn(condition, key));
  return kind && { [kind]: (condition as Comparison)[kind] };
}

/** What a condition says without its comparison: what there is to compute. */
export function uncompared(condition: object): object {
  return Object.fromEntries(
    Object.entries(condition).filter(([key]) => !(COMPARISONS as readonly string[]).includes(key)),
  );
}

/** Plans a comparison, of scalars or of numbers. Missing makes every comparison false; without one, the value is a truth. */
export function planComparison(comparison: Comparison | undefined, ofScalars: boolean): PlannedTest {
  if (!comparison) return { test: ["eq", true], edges: [] };
  const { gt, gte, lt, lte, eq, ne, in: among, between } = comparison;
  if (among) return { test: ["in", among], edges: [] };
  const wanted = eq ?? ne;
  if (wanted !== undefined) {
    const value = ofScalars ? wanted : numberOf(wanted as Bound);
    const test: TestPlan = eq === undefined ? ["not", ["in", [null, value]]] : ["eq", value];
    return { test, edges: typeof value === "number" ? edgesOf(test, value, value) : [] };
  }
  const [low, high] = between ?? [gt ?? gte, lt ?? lte];
  const bounds: TestPlan[] = [];
  if (low !== undefined) bounds.push([gt === undefined ? "gte" : "gt", numberOf(low)]);
  if (high !== undefined) bounds.push([lt === undefined ? "lte" : "lt", numberOf(high)]);
  // Scalars that are no numbers have no order, but "10" > 9.
  const test = every(ofScalars ? [["type", "number"], ...bounds] : bounds);
  const [from = 0, to = from] = bounds.map(([, bound]) => bound as number);
  return { test, edges: edgesOf(test, from, to) };
}

function numberOf(bound: Bound): number {
  return parseDuration(bound) ?? (bound as number);
}

function edgesOf(plan: TestPlan, low: number, high: number): number[] {
  const test = testOf(plan);
  return [Math.ceil(low), Math.floor(high) + 1].filter((edge) => test(edge) !== test(edge - 1));
}
