import { isObject } from "../log/is-object.ts";

/** Reads a value by its path from an object. Only own properties exist: a path never reaches a prototype. */
export type PathReader = (source: unknown) => unknown;

/** The reader of a dotted path, as `address.city` or `products.0.price`. */
export function pathReader(path: string): PathReader {
  const keys = path.split(".");
  if (keys.length === 1) return (source) => own(source, path);
  return (source) => keys.reduce(own, source);
}

function own(source: unknown, key: string): unknown {
  return isObject(source) && Object.hasOwn(source, key)
    ? (source as Record<string, unknown>)[key]
    : undefined;
}
