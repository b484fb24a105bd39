import type { Condition } from "../definition/condition.ts";
import type { Definition, SegmentDefinition } from "../definition/definition.ts";
import type { OwnMeasure } from "../definition/measure.ts";
import type { DefinedExperiment, DefinedSlot } from "./defined-content.ts";
import type { KnownNames, MeasureName, SegmentId } from "./known-names.ts";

/** A definition whose type holds the names of what it has, its segments, and its measures, slots and experiments if any, and what slots show. */
export type Defined<D extends Definition> = Omit<
  Definition,
  "segments" | "measures" | "slots" | "experiments"
> & {
  segments: { readonly [Id in SegmentId<D>]: SegmentDefinition | Condition };
} & (D extends { measures: object }
    ? { measures: { readonly [Name in MeasureName<D>]: OwnMeasure } }
    : unknown) &
  (D extends { slots: infer Slots }
    ? { slots: { readonly [Name in keyof Slots & string]: DefinedSlot<Slots[Name]> } }
    : unknown) &
  (D extends { experiments: infer Experiments }
    ? { experiments: { readonly [Id in keyof Experiments & string]: DefinedExperiment<Experiments[Id]> } }
    : unknown);

/**
 * The definition as plain JSON, with its segment ids as literal types. A condition that names a segment or a measure
 * which the definition has not does not compile; all else that can be wrong, `compile` says.
 *
 * @example
 * const shop = define({
 *   segments: { browser: count("Product Viewed").within("7d").gt(3) },
 *   slots: { hero: { variants: [{ id: "b", when: segment("browser"), content: { title: "Hello again" } }] } },
 * });
 * type Id = SegmentId<typeof shop>; // "browser"
 */
export function define<const D extends Definition>(definition: D & KnownNames<D>): Defined<D> {
  return JSON.parse(JSON.stringify(definition)) as Defined<D>;
}
