import type { Json } from "../log/entry.ts";
import { isObject } from "../log/is-object.ts";

/** What a path's value is held against: a value to equal, or operators that must all hold. */
export type FilterValue = Json | { [operator: `$${string}`]: Json };

/** A MongoDB-style condition over dotted paths; all of its keys must hold. */
export interface Filter {
  [pathOrOperator: string]: FilterValue;
}

/** Whether `value` is an object of operators (`{ $gt: 3 }`) rather than a value to equal. */
export function isOperators(value: unknown): value is { [operator: `$${string}`]: Json; $eq?: Json } {
  if (!isObject(value) || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}
