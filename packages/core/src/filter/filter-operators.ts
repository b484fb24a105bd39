import { canonical } from "../definition/canonical.ts";
import type { Json } from "../log/entry.ts";
import type { Filter, FilterValue } from "./filter.ts";

/** Whether a value holds. A missing value is `undefined`. */
export type Test = (value: unknown) => boolean;

type OperatorFactory = (
  operand: Json,
  compileValue: (value: FilterValue) => Test,
  compileFilter: (filter: Filter) => Test,
) => Test;

/**
 * The operators that test one value, with the semantics of GrowthBook's published condition cases.
 * One departure: a missing or null value satisfies no `$gt $gte $lt $lte`.
 */
export const filterOperators: Readonly<Record<string, OperatorFactory>> = {
  $eq: (operand) => equals(operand),
  $ne: (operand) => not(equals(operand)),
  $gt: (operand) => compares((value) => value > (operand as number)),
  $gte: (operand) => compares((value) => value >= (operand as number)),
  $lt: (operand) => compares((value) => value < (operand as number)),
  $lte: (operand) => compares((value) => value <= (operand as number)),
  $in: (operand) => isIn(operand as Json[]),
  $nin: (operand) => not(isIn(operand as Json[])),
  $exists: (operand) => (value) => (value !== undefined && value !== null) === operand,
  $type: (operand) => (value) => typeName(value) === operand,
  $size: (operand, compileValue) => {
    const test = compileValue(operand);
    return list((value) => test(value.length));
  },
  $all: (operand, compileValue) => {
    const tests = (operand as Json[]).map(compileValue);
    return list((value) => tests.every((test) => value.some(test)));
  },
  $elemMatch: (operand, compileValue, compileFilter) => {
    const isFilter = Object.keys(operand as Filter).every((key) => /^([^$]|\$(and|or|nor)$)/.test(key));
    const test = isFilter ? compileFilter(operand as Filter) : compileValue(operand);
    return list((value) => value.some(test));
  },
  $not: (operand, compileValue) => not(compileValue(operand)),
  $contains: (operand) => text((value) => value.includes(operand as string)),
  $startsWith: (operand) => text((value) => value.startsWith(operand as string)),
  $regex: (operand) => {
    // Checked for its cost where the definition was compiled.
    const pattern = new RegExp(operand as string);
    return text((value) => pattern.test(value));
  },
  $endsWith: (operand) => text((value) => value.endsWith(operand as string)),
};

function equals(operand: Json): Test {
  if (operand === null) return (value) => value === null || value === undefined;
  if (typeof operand !== "object") return (value) => value === operand;
  const wanted = canonical(operand);
  return (value) => canonical(value) === wanted;
}

/** Of an array value, one element is enough. A missing value is null. */
function isIn(operand: readonly Json[]): Test {
  return (value) =>
    Array.isArray(value)
      ? value.some((element) => operand.includes(element))
      : operand.includes((value ?? null) as Json);
}

/** Numbers by value, strings by code unit; a number and a numeric string compare as numbers, as JavaScript has it. */
function compares(test: (value: number) => boolean): Test {
  return (value) => (typeof value === "number" || typeof value === "string") && test(value as number);
}

function list(test: (value: unknown[]) => boolean): Test {
  return (value) => Array.isArray(value) && test(value);
}

function text(test: (value: string) => boolean): Test {
  return (value) => typeof value === "string" && test(value);
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** The opposite of a test. */
export function not(test: Test): Test {
  return (value) => !test(value);
}
