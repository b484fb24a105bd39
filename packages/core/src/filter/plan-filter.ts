import { canonical } from "../definition/canonical.ts";
import type { Json, Scalar } from "../log/entry.ts";
import { isOperators, type Filter, type FilterValue } from "./filter.ts";
import type { TestPlan } from "./test-plan.ts";

/** What holds for every value, and for none. */
const ALWAYS: TestPlan = ["all", []];
const NEVER: TestPlan = ["any", []];

/** What combines filters. As GrowthBook has it, an empty `$or` is true. */
const LOGICAL: Readonly<Record<string, (operand: FilterValue) => TestPlan>> = {
  $and: (operand) => every((operand as Filter[]).map(planFilter)),
  $or: (operand) => some((operand as Filter[]).map(planFilter)),
  $nor: (operand) => not(some((operand as Filter[]).map(planFilter))),
  $not: (operand) => not(planFilter(operand as Filter)),
};

/**
 * The operators that test one value, with the semantics of GrowthBook's published condition cases.
 * One departure: a missing or null value satisfies no `$gt $gte $lt $lte`.
 */
const OPERATORS: Readonly<Record<string, (operand: Json) => TestPlan>> = {
  $eq: equals,
  $ne: (operand) => not(equals(operand)),
  $gt: (operand) => ["gt", operand as number],
  $gte: (operand) => ["gte", operand as number],
  $lt: (operand) => ["lt", operand as number],
  $lte: (operand) => ["lte", operand as number],
  $in: isIn,
  $nin: (operand) => not(isIn(operand)),
  $exists: (operand) => (operand ? not(equals(null)) : equals(null)),
  $type: (operand) => ["type", operand as string],
  $size: (operand) =>
    every([
      ["type", "array"],
      ["at", "length", planValue(operand)],
    ]),
  $all: (operand) =>
    every([["type", "array"], ...(operand as Json[]).map((each): TestPlan => ["some", planValue(each)])]),
  $elemMatch: (operand) => {
    // As it is checked: what is no operators alone, or has one that combines filters, is a filter, its $not too.
    const isFilter =
      !isOperators(operand) || Object.keys(operand).some((key) => /^\$(and|or|nor)$/.test(key));
    return ["some", isFilter ? planFilter(operand as Filter) : planValue(operand)];
  },
  $not: (operand) => not(planValue(operand)),
  $contains: (operand) => ["regex", escaped(operand)],
  $startsWith: (operand) => ["regex", `^${escaped(operand)}`],
  $endsWith: (operand) => ["regex", `${escaped(operand)}$`],
  $regex: (operand) => ["regex", operand as string],
};

/** The names of the operators that test one value. */
export const FILTER_OPERATORS: readonly string[] = Object.keys(OPERATORS);

/** What a filter tests. Takes one that was checked before. */
export function planFilter(filter: Filter): TestPlan {
  return every(
    Object.entries(filter).map(([key, value]): TestPlan =>
      key.startsWith("$") ? LOGICAL[key]!(value) : ["at", key, planValue(value)],
    ),
  );
}

/** A (path, scalar) that a filter demands, by which an index can pass over it, if there is one; and what is left to test. */
export function equalityOf(filter: Filter): { path?: string; value?: Scalar; rest: Filter } {
  for (const [path, wanted] of Object.entries(filter)) {
    const value: Json | undefined = isOperators(wanted) ? wanted.$eq : wanted;
    if (value === undefined || typeof value === "object") continue;
    const { [path]: _found, ...rest } = filter;
    return { path, value, rest: value === wanted ? rest : filter };
  }
  return { rest: filter };
}

/** Equality, or every operator of an operator object. */
function planValue(value: FilterValue): TestPlan {
  return isOperators(value)
    ? every(Object.entries(value).map(([operator, operand]) => OPERATORS[operator]!(operand)))
    : equals(value);
}

function equals(operand: Json): TestPlan {
  return typeof operand === "object" && operand !== null ? ["json", canonical(operand)] : ["eq", operand];
}

/** Of an array value, one element is enough. */
function isIn(operand: Json): TestPlan {
  const test: TestPlan = ["in", operand as Json[]];
  return ["any", [test, ["some", test]]];
}

/** A text as a pattern that finds just that. */
function escaped(text: Json): string {
  return (text as string).replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** All of them hold; of one, itself. */
export function every(tests: readonly TestPlan[]): TestPlan {
  return tests.length === 1 ? tests[0]! : tests.length === 0 ? ALWAYS : ["all", tests];
}

function some(tests: readonly TestPlan[]): TestPlan {
  return tests.length === 0 ? ALWAYS : tests.length === 1 ? tests[0]! : ["any", tests];
}

function not(test: TestPlan): TestPlan {
  if (test === ALWAYS) return NEVER;
  return test[0] === "not" ? test[1] : ["not", test];
}
