import type { Scalar } from "../../log/entry.ts";
import { unitsOf, type Units } from "./units.ts";

/** A finite number. */
export function number(value: unknown): number | undefined {
  // There is but one zero: -0 + 0 is 0.
  return Number.isFinite(value) ? (value as number) + 0 : undefined;
}

/** A string, finite number or boolean; anything else is passed over. */
export function scalar(value: unknown): Scalar | undefined {
  return typeof value === "string" || typeof value === "boolean" ? value : number(value);
}

/** A finite number, in the units in which totals are kept. */
export function units(value: unknown): Units | undefined {
  return Number.isFinite(value) ? unitsOf(value as number) : undefined;
}
