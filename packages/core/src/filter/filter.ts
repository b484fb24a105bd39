import type { Json, Scalar } from "../log/entry.ts";
import { isObject } from "../log/is-object.ts";
import { filterOperators, not, type Test } from "./filter-operators.ts";
import { pathReader } from "./path.ts";

/** What a path's value is held against: a value to equal, or operators that must all hold. */
export type FilterValue = Json | { [operator: `$${string}`]: Json };

/** A MongoDB-style condition over dotted paths; all of its keys must hold. */
export interface Filter {
  [pathOrOperator: string]: FilterValue;
}

/** What combines filters; `$not` alone stands before one, not a list. */
const LOGICAL: Readonly<Record<string, (tests: Test[]) => Test>> = {
  $and: every,
  $or: some,
  $nor: (tests) => not(some(tests)),
  $not: (tests) => not(every(tests)),
};

/** The closure that tells whether an object matches. Takes a filter that was checked before. */
export function compileFilter(filter: Filter): Test {
  return every(
    Object.entries(filter).map(([key, value]) => {
      const combine = key.startsWith("$") && LOGICAL[key];
      if (combine) return combine(([value].flat() as Filter[]).map(compileFilter));
      const read = pathReader(key);
      const test = compileValue(value);
      return (source) => test(read(source));
    }),
  );
}

/** The test of one value: equality, or every operator of an operator object. */
export function compileValue(value: FilterValue): Test {
  if (!isOperators(value)) return filterOperators["$eq"]!(value, compileValue, compileFilter);
  return every(
    Object.entries(value).map(([operator, operand]) =>
      filterOperators[operator]!(operand, compileValue, compileFilter),
    ),
  );
}

/** Whether `value` is an object of operators (`{ $gt: 3 }`) rather than a value to equal. */
export function isOperators(value: unknown): value is { [operator: `$${string}`]: Json; $eq?: Json } {
  if (!isObject(value) || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
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

/** Top-level keys that a filter reads. */
export function filterRoots(filter: Filter): string[] {
  return Object.entries(filter).flatMap(([key, value]) => {
    if (key === "$not") return filterRoots(value as Filter);
    if (key.startsWith("$")) return (value as Filter[]).flatMap(filterRoots);
    return [key.split(".")[0] as string];
  });
}

/** Of one, itself; of none, one and the same. */
function every(tests: readonly Test[]): Test {
  return tests.length > 1 ? (value) => tests.every((test) => test(value)) : (tests[0] ?? always);
}

function always(): boolean {
  return true;
}

/** As GrowthBook has it, an empty `$or` is true. */
function some(tests: readonly Test[]): Test {
  return (value) => tests.length === 0 || tests.some((test) => test(value));
}
