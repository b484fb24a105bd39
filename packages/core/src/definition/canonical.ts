import { isObject } from "../log/is-object.ts";

/** JSON text in which the order of an object's keys does not matter: equal values, equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (!isObject(inner) || Array.isArray(inner)) return inner;
    const source = inner as Record<string, unknown>;
    // Entries, not assignment: a key named __proto__ must stay a key.
    return Object.fromEntries(
      Object.keys(source)
        .sort()
        .map((key) => [key, source[key]]),
    );
  });
}
