import type { Condition } from "../definition/condition.ts";
import { milliseconds } from "../definition/duration.ts";
import type { OwnMeasure } from "../definition/measure.ts";
import { filterOf } from "../definition/selector.ts";
import { foldFilter } from "./fold-filter.ts";
import { complementOf, intervalOf, isDisjoint, type Interval } from "./interval.ts";
import { measured, type Measured, type Measures } from "./measured.ts";

/** Measures whose values are whole numbers, and never negative. */
const WHOLE = new Set(["count", "distinct", "sinceLast", "sinceFirst"]);
/** Measures that have a value even when there is no event. */
const ALWAYS_THERE = new Set(["count", "distinct", "sum"]);

/** Whether no value satisfies all of these measure conditions on one measure. */
export function areContradictory(leaves: readonly Measured[]): boolean {
  const [first] = leaves;
  if (!first) return false;
  const wanted = leaves.map(scalarsOf).filter((list) => list !== undefined);
  if (wanted.length > 0) {
    const common = wanted.reduce((some, others) => some.filter((value) => others.includes(value)));
    if (common.length === 0) return true;
  }
  const intervals = leaves.flatMap(({ comparison, wanted: bounds }) => intervalOf(comparison, bounds) ?? []);
  return isDisjoint([domainOf(first), ...intervals], WHOLE.has(first.kind));
}

/** Whether every value satisfies one of these measure conditions on one measure, and there is always one. */
export function areExhaustive(leaves: readonly Measured[]): boolean {
  const [first] = leaves;
  if (!first || !ALWAYS_THERE.has(first.kind)) return false;
  const left = leaves.flatMap(({ comparison, wanted }) => complementOf(comparison, wanted) ?? []);
  return left.length > 0 && isDisjoint([domainOf(first), ...left], WHOLE.has(first.kind));
}

/** The measure conditions among these, those on one measure together. */
export function byMeasure(conditions: readonly Condition[], measures: Measures): Measured[][] {
  const groups = new Map<string, Measured[]>();
  for (const condition of conditions) {
    const leaf = measured(condition, measures);
    if (leaf) groups.set(leaf.key, [...(groups.get(leaf.key) ?? []), leaf]);
  }
  return [...groups.values()];
}

/**
 * The numbers that a measure can come to: none but 0 over events that its filter never takes, and of a length of time none
 * beyond the window that it is measured in.
 */
function domainOf({ kind, selector, measure }: Measured): Interval {
  const nothing = foldFilter(filterOf(selector)) === false;
  if (nothing) return ALWAYS_THERE.has(kind) ? { low: 0, high: 0 } : { low: 1, high: 0 };
  const low = WHOLE.has(kind) ? 0 : -Infinity;
  return { low, high: kind.startsWith("since") ? lengthOf(measure) : Infinity, withoutHigh: true };
}

/** The ms that the events of a window are younger than. A session is as long as it goes on, by events of any name. */
function lengthOf({ within }: OwnMeasure): number {
  return within === undefined || within === "session" ? Infinity : milliseconds(within);
}

/** The values that a condition allows, where it names them. */
function scalarsOf({ comparison, wanted }: Measured): readonly unknown[] | undefined {
  return comparison === "eq" || comparison === "in" ? wanted : undefined;
}
