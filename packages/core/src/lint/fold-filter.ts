import type { Filter, FilterValue } from "../filter/filter.ts";
import { isObject } from "../log/is-object.ts";

/** Whether a filter takes everything or nothing, where its form alone says so. */
export function foldFilter(filter: Filter): boolean | undefined {
  const results = Object.entries(filter).map(([key, value]) => foldKey(key, value));
  if (results.includes(false)) return false;
  return results.every((result) => result === true) ? true : undefined;
}

function foldKey(key: string, value: FilterValue): boolean | undefined {
  if (key === "$not") return negated(foldFilter(value as Filter));
  if (key === "$and") return foldFilters(value as Filter[], false);
  if (key === "$or") return foldOr(value as Filter[]);
  if (key === "$nor") return negated(foldOr(value as Filter[]));
  return foldValue(value);
}

/** As the filter has it, an empty `$or` takes everything. */
function foldOr(filters: readonly Filter[]): boolean | undefined {
  return filters.length === 0 ? true : foldFilters(filters, true);
}

/** One `decisive` result decides; else all must be known. */
function foldFilters(filters: readonly Filter[], decisive: boolean): boolean | undefined {
  const results = new Set(filters.map(foldFilter));
  if (results.has(decisive)) return decisive;
  return results.has(undefined) ? undefined : !decisive;
}

/** What a value is held against. Of a list of values, objects and lists are never one: it is looked for scalars. */
function foldValue(value: FilterValue): boolean | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const operators = value as { $in?: unknown[]; $nin?: unknown[]; $not?: FilterValue };
  if (operators.$in?.every(isObject)) return false;
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  if (operators.$nin?.every(isObject)) return true;
  return operators.$not === undefined ? undefined : negated(foldValue(operators.$not));
}

function negated(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}
