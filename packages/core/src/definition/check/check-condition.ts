import { CONDITION_KEYS } from "../condition.ts";
import { COMPARISONS, MEASURE_FORMS } from "../measure.ts";
import { checkFilter } from "./check-filter.ts";
import { checkMeasureCondition } from "./check-measure.ts";
import { checkSequence, checkTrend } from "./check-pattern.ts";
import { describe, didYouMean, isClose, type Issues, type Path } from "./issues.ts";

/** How deep conditions may nest. */
const MAX_DEPTH = 16;

/** A condition is known by one of these keys. */
const HEADS = [...CONDITION_KEYS, ...Object.keys(MEASURE_FORMS), "measure"];

/** What other languages call it, where no likeness of letters would lead there, or it would lead to the opposite. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  and: "all",
  $and: "all",
  or: "any",
  $or: "any",
  average: "avg",
};

/** A `{ segment }` condition and where it stands. */
export interface SegmentReference {
  id: unknown;
  path: Path;
}

export interface ConditionContext {
  issues: Issues;
  measures: Readonly<Record<string, unknown>>;
  /** Filled with the segments that the condition names. */
  references: SegmentReference[];
}

/** Checks a condition and everything below it. `instead`: keys by which something else may stand there. */
export function checkCondition(
  context: ConditionContext,
  condition: unknown,
  path: Path,
  depth = 1,
  instead: readonly string[] = [],
): void {
  const { issues } = context;
  if (!issues.isObject(condition, path, 'a condition, as { count: "Product Viewed", gt: 3 }')) return;
  if (depth > MAX_DEPTH)
    return issues.add(path, `nests deeper than ${MAX_DEPTH}: give a part a segment of its own`);
  const heads = HEADS.filter((key) => Object.hasOwn(condition, key));
  const [head] = heads;
  if (!head) return issues.add(path, noHead(condition, [...HEADS, ...instead]));
  if (heads.length > 1)
    return issues.add(path, `${heads.join(" and ")} stand side by side: put them under all or any`);
  if (head in MEASURE_FORMS || head === "measure")
    return checkMeasureCondition(issues, condition, context.measures, path);
  if (head === "sequence") return checkSequence(issues, condition, path);
  if (head === "trend") return checkTrend(issues, condition, path);
  if (head === "atLeast") return checkAtLeast(context, condition, path, depth);
  issues.unknownKeys(condition, [head], path);
  checkHead(context, head, condition[head], [...path, head], depth);
}

function checkHead(context: ConditionContext, head: string, value: unknown, path: Path, depth: number): void {
  const { issues } = context;
  if (head === "not") return checkCondition(context, value, path, depth + 1);
  if (head === "trait" || head === "context") return checkFilter(issues, value, path);
  if (head === "segment") {
    context.references.push({ id: value, path });
    return;
  }
  checkParts(context, value, path, depth);
}

function checkAtLeast(
  context: ConditionContext,
  condition: Record<string, unknown>,
  path: Path,
  depth: number,
): void {
  const { issues } = context;
  issues.unknownKeys(condition, ["atLeast", "of"], path);
  const least = condition["atLeast"];
  if (!Number.isSafeInteger(least) || (least as number) < 0)
    issues.add([...path, "atLeast"], `must be a whole number, not ${describe(least)}`);
  checkParts(context, condition["of"], [...path, "of"], depth);
}

function checkParts(context: ConditionContext, parts: unknown, path: Path, depth: number): void {
  if (!context.issues.isArray(parts, path, "a list of conditions")) return;
  parts.forEach((part, at) => checkCondition(context, part, [...path, at], depth + 1));
}

function noHead(condition: Record<string, unknown>, heads: readonly string[]): string {
  const words = Object.keys(condition).filter((key) => !COMPARISONS.some((known) => known === key));
  const foreign = words.find((each) => Object.hasOwn(ELSEWHERE, each.toLowerCase()));
  if (foreign !== undefined)
    return `${JSON.stringify(foreign)} is no condition: did you mean ${JSON.stringify(ELSEWHERE[foreign.toLowerCase()])}?`;
  // The one that is nearly right is most likely at fault, not what stands beside it.
  const word = words.find((each) => isClose(each, heads)) ?? words[0];
  return word === undefined
    ? `no condition; known are ${HEADS.join(", ")}`
    : `${JSON.stringify(word)} is no condition${didYouMean(word, heads)}`;
}
