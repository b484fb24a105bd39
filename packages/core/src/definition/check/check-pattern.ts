import { checkPath } from "./check-measure.ts";
import { checkDuration, checkSelector } from "./check-selector.ts";
import { describe, type Issues, type Path } from "./issues.ts";

const MAX_STEPS = 64;
const MAX_PERIODS = 64;

/** Checks `{ sequence, span?, without?, within? }`. */
export function checkSequence(issues: Issues, condition: Record<string, unknown>, path: Path): void {
  issues.unknownKeys(condition, ["sequence", "span", "without", "within"], path);
  const steps = condition["sequence"];
  const at = [...path, "sequence"];
  if (issues.isArray(steps, at, "a list of selectors")) {
    if (steps.length === 0) issues.add(at, "must have at least one step");
    if (steps.length > MAX_STEPS)
      issues.add(at, `has ${steps.length} steps, more than ${MAX_STEPS}: shorten it`);
    steps.slice(0, MAX_STEPS).forEach((step, index) => checkSelector(issues, step, [...at, index]));
  }
  if (Object.hasOwn(condition, "span")) checkDuration(issues, condition["span"], 0, [...path, "span"]);
  if (Object.hasOwn(condition, "within")) checkDuration(issues, condition["within"], 1, [...path, "within"]);
  if (Object.hasOwn(condition, "without")) checkSelector(issues, condition["without"], [...path, "without"]);
}

/** Checks `{ trend: { count or sum and of }, every, periods, change }`. */
export function checkTrend(issues: Issues, condition: Record<string, unknown>, path: Path): void {
  issues.unknownKeys(condition, ["trend", "every", "periods", "change"], path);
  checkLevel(issues, condition["trend"], [...path, "trend"]);
  checkDuration(issues, condition["every"], 1, [...path, "every"]);
  const periods = condition["periods"];
  if (!Number.isInteger(periods) || (periods as number) < 1 || (periods as number) > MAX_PERIODS)
    issues.add(
      [...path, "periods"],
      `must be a whole number from 1 to ${MAX_PERIODS}, not ${describe(periods)}`,
    );
  checkChange(issues, condition["change"], [...path, "change"]);
}

function checkLevel(issues: Issues, level: unknown, path: Path): void {
  if (
    !issues.isObject(
      level,
      path,
      'a measure, as { count: "Feature Used" } or { sum: "total", of: "Order Completed" }',
    )
  )
    return;
  const counts = Object.hasOwn(level, "count");
  issues.unknownKeys(level, counts ? ["count"] : ["sum", "of"], path);
  if (counts) return checkSelector(issues, level["count"], [...path, "count"]);
  checkPath(issues, level["sum"], [...path, "sum"]);
  checkSelector(issues, level["of"], [...path, "of"]);
}

function checkChange(issues: Issues, change: unknown, path: Path): void {
  if (!issues.isObject(change, path, "{ lte: ratio } or { gte: ratio }, as { lte: -0.2 } for 20 % less"))
    return;
  issues.unknownKeys(change, ["lte", "gte"], path);
  const ratios = Object.entries(change).filter(([key]) => key === "lte" || key === "gte");
  if (ratios.length !== 1) issues.add(path, "must have one of lte and gte");
  for (const [key, ratio] of ratios) {
    if (!Number.isFinite(ratio)) issues.add([...path, key], `must be a number, not ${describe(ratio)}`);
  }
}
