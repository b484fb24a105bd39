import { pathReader } from "../../filter/path.ts";
import type { MurmurEvent, Scalar } from "../../log/entry.ts";

/** Reads the finite number at a path of an event's properties; anything else is passed over. */
export function numberReader(path: string): (event: MurmurEvent) => number | undefined {
  const read = pathReader(path);
  return ({ properties }) => {
    const value = read(properties);
    // There is but one zero: -0 + 0 is 0.
    return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
  };
}

/** Reads the string, finite number or boolean at a path of an event's properties. */
export function scalarReader(path: string): (event: MurmurEvent) => Scalar | undefined {
  const read = pathReader(path);
  return ({ properties }) => {
    const value = read(properties);
    if (typeof value === "string" || typeof value === "boolean") return value;
    return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
  };
}

/** A scalar as a key of its own: `1` and `"1"` differ. */
export function scalarKey(value: Scalar): string {
  return (typeof value)[0] + String(value);
}

/** The scalar that a key stands for. */
export function keyScalar(key: string): Scalar {
  const text = key.slice(1);
  if (key.startsWith("n")) return Number(text);
  return key.startsWith("b") ? text === "true" : text;
}
