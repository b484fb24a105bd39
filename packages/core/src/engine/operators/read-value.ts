import { pathReader } from "../../filter/path.ts";
import { unitsOf, type Total } from "./total.ts";
import type { MurmurEvent, Scalar } from "../../log/entry.ts";

/** Reads the string, finite number or boolean at a path of an event's properties; anything else is passed over. */
export function scalarReader(path: string): (event: MurmurEvent) => Scalar | undefined {
  const read = pathReader(path);
  return ({ properties }) => {
    const value = read(properties);
    // There is but one zero: -0 + 0 is 0.
    if (Number.isFinite(value)) return (value as number) + 0;
    return typeof value === "string" || typeof value === "boolean" ? value : undefined;
  };
}

/** Reads the finite number at a path of an event's properties, in the units in which totals are kept. */
export function unitsReader(path: string): (event: MurmurEvent) => Total | undefined {
  const read = numberReader(path);
  return (event) => {
    const value = read(event);
    return value === undefined ? undefined : unitsOf(value);
  };
}

/** Reads the finite number at a path of an event's properties. */
export function numberReader(path: string): (event: MurmurEvent) => number | undefined {
  const read = scalarReader(path);
  return (event) => {
    const value = read(event);
    return typeof value === "number" ? value : undefined;
  };
}
