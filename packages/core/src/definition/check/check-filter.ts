import { FILTER_OPERATORS } from "../../filter/plan-filter.ts";
import { describe, didYouMean, isRecord, type Issues, type Path } from "./issues.ts";

const COMBINERS = ["$and", "$or", "$nor"];
const TYPES = ["string", "number", "boolean", "array", "object", "null"];
const MAX_DEPTH = 16;

type OperandCheck = (operand: unknown) => string | undefined;

const isNumberOrString: OperandCheck = (operand) =>
  typeof operand === "string" || Number.isFinite(operand) ? undefined : "must be a number or a string";
const isString: OperandCheck = (operand) => (typeof operand === "string" ? undefined : "must be a string");
const isList: OperandCheck = (operand) => (Array.isArray(operand) ? undefined : "must be a list of values");

const OPERANDS: Record<string, OperandCheck> = {
  $gt: isNumberOrString,
  $gte: isNumberOrString,
  $lt: isNumberOrString,
  $lte: isNumberOrString,
  $in: isList,
  $nin: isList,
  $all: isList,
  $exists: (operand) => (typeof operand === "boolean" ? undefined : "must be true or false"),
  $type: (operand) => (TYPES.includes(operand as string) ? undefined : `must be one of ${TYPES.join(", ")}`),
  $regex: isString,
  $contains: isString,
  $startsWith: isString,
  $endsWith: isString,
};

/** Checks a filter: a MongoDB-style condition over dotted paths. */
export function checkFilter(issues: Issues, filter: unknown, path: Path, depth = 0): void {
  if (!issues.isObject(filter, path, 'a filter, as { category: "shoes" }')) return;
  if (depth > MAX_DEPTH) return issues.add(path, `nests deeper than ${MAX_DEPTH}: flatten the filter`);
  for (const [key, value] of Object.entries(filter)) {
    const at = [...path, key];
    if (COMBINERS.includes(key)) checkList(issues, value, at, depth);
    else if (key === "$not") checkFilter(issues, value, at, depth + 1);
    else if (key.startsWith("$"))
      issues.add(
        at,
        `unknown operator${didYouMean(key, [...COMBINERS, "$not"])} (an operator on a value stands under its path)`,
      );
    else if (key === "") issues.add(at, "a path must not be empty");
    else checkValue(issues, value, at, depth + 1);
  }
}

function checkList(issues: Issues, filters: unknown, path: Path, depth: number): void {
  if (!issues.isArray(filters, path, "a list of filters")) return;
  filters.forEach((filter, at) => checkFilter(issues, filter, [...path, at], depth + 1));
}

function checkValue(issues: Issues, value: unknown, path: Path, depth: number): void {
  if (depth > MAX_DEPTH) return issues.add(path, `nests deeper than ${MAX_DEPTH}: flatten the filter`);
  if (isRecord(value) && Object.keys(value).some((key) => key.startsWith("$"))) {
    for (const [operator, operand] of Object.entries(value))
      checkOperator(issues, operator, operand, path, depth);
  } else if (!isJson(value, MAX_DEPTH - depth)) {
    issues.add(path, `must be plain JSON and not nest deeper than ${MAX_DEPTH}, not ${describe(value)}`);
  }
}

function checkOperator(issues: Issues, operator: string, operand: unknown, path: Path, depth: number): void {
  const at = [...path, operator];
  if (!FILTER_OPERATORS.includes(operator))
    return issues.add(at, `unknown operator${didYouMean(operator, FILTER_OPERATORS)}`);
  const problem = OPERANDS[operator]?.(operand);
  if (problem) return issues.add(at, `${problem}, not ${describe(operand)}`);
  if (operator === "$regex") return checkRegex(issues, operand as string, at);
  if (operator === "$not" || operator === "$size") return checkValue(issues, operand, at, depth + 1);
  if (operator === "$elemMatch") return checkElement(issues, operand, at, depth + 1);
  if (operator === "$all") {
    (operand as unknown[]).forEach((element, index) =>
      checkValue(issues, element, [...at, index], depth + 1),
    );
  } else if (!isJson(operand, MAX_DEPTH - depth)) {
    issues.add(at, "must be plain JSON");
  }
}

/** `$elemMatch` holds either operators for the element itself or a filter over its fields. */
function checkElement(issues: Issues, operand: unknown, path: Path, depth: number): void {
  const isValueTest =
    isRecord(operand) && Object.keys(operand).every((key) => key.startsWith("$") && !COMBINERS.includes(key));
  if (isValueTest) checkValue(issues, operand, path, depth);
  else checkFilter(issues, operand, path, depth);
}

function isJson(value: unknown, levels: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || levels < 0) return false;
  return Object.values(value).every((inner) => isJson(inner, levels - 1));
}

function checkRegex(issues: Issues, pattern: string, path: Path): void {
  const problem = issues.regexProblem(pattern);
  if (problem !== undefined) issues.add(path, problem);
}
