import type { SegmentDefinition } from "../../definition/definition.ts";
import { DefinitionError } from "../../definition/definition-error.ts";
import { parseDuration, type Duration } from "../../definition/duration.ts";
import type { OwnMeasure } from "../../definition/measure.ts";

/** Parts of a definition, plain JSON: spread them into one, and change there what should be otherwise. */
export interface Preset<Id extends string> {
  segments: { [Key in Id]: SegmentDefinition };
}

/** Parts of a definition with measures that its segments use. */
export interface MeasuredPreset<Id extends string, Name extends string> extends Preset<Id> {
  measures: { [Key in Name]: OwnMeasure };
}

/** The parts, each under its key with a prefix. */
export function prefixed<Prefix extends string, Key extends string, Part>(
  prefix: Prefix,
  parts: { readonly [K in Key]: Part },
): { [K in `${Prefix}${Key}`]: Part } {
  const entries = Object.entries<Part>(parts).map(([key, part]) => [prefix + key, part]);
  return Object.fromEntries(entries) as { [K in `${Prefix}${Key}`]: Part };
}

/**
 * Refuses bounds that are not in ascending order (equal ones too when `strict`), or no durations at all.
 *
 * @throws DefinitionError that names the option, as `lifecycle.dormantAfter`
 */
export function checkAscending(
  option: string,
  bounds: readonly (number | Duration)[],
  order: "strict" | "loose",
): void {
  const values = bounds.map((bound) => (typeof bound === "number" ? bound : (parseDuration(bound) ?? NaN)));
  const isAscending = values.every((value, at) => {
    const before = values[at - 1];
    if (before === undefined) return !Number.isNaN(value);
    return order === "strict" ? value > before : value >= before;
  });
  if (isAscending) return;
  const message = `must be in ascending order, not ${bounds.join(", ")}`;
  throw new DefinitionError([{ path: option, message }]);
}
