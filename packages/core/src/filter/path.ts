import { isObject } from "../log/is-object.ts";

/**
 * The value at the keys of a path, as of `address.city` or `products.0.price`. Only own properties exist: a path never
 * reaches a prototype.
 */
export function valueAt(source: unknown, keys: readonly string[]): unknown {
  for (const key of keys) {
    const isOwn = isObject(source) && Object.hasOwn(source, key);
    source = isOwn ? (source as Record<string, unknown>)[key] : undefined;
  }
  return source;
}
