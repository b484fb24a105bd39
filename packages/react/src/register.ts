import type { SlotContent, SlotDecision } from "@murmur/core";

/**
 * Names the shop's definition, once for the whole program: from then on a segment, measure or slot that it has not does not
 * compile, and a slot's content has the fields that are written there.
 *
 * @example
 * declare module "@murmur/react" {
 *   interface Register {
 *     definition: typeof definition;
 *   }
 * }
 */
// An interface, so that it can be added to.
export interface Register {}

type Registered = Register extends { definition: infer Definition } ? Definition : unknown;

/** The names of one kind of thing in the definition: any at all where none is registered. */
type NamesOf<Kind extends string> = unknown extends Registered
  ? string
  : Registered extends { [K in Kind]: infer Things }
    ? keyof Things & string
    : never;

export type SegmentName = NamesOf<"segments">;
export type MeasureName = NamesOf<"measures">;
export type SlotName = NamesOf<"slots">;

/** What the slot may show: the content of its variants, of its fallback, and of experiments in it. */
export type ContentOf<Name extends SlotName> = Registered extends { slots: { [N in Name]: infer Slot } }
  ? VariantContent<Slot> | FallbackContent<Slot> | ExperimentContent<Name>
  : SlotContent;

type VariantContent<Slot> = Slot extends { variants: readonly { content: infer Content }[] }
  ? Content
  : never;

type FallbackContent<Slot> = Slot extends { fallback?: { content: infer Content } } ? Content : never;

type ExperimentContent<Name extends string> = Registered extends { experiments: infer Experiments }
  ? ContentIn<Experiments[keyof Experiments], Name>
  : never;

/** Where the slot's name is no literal, it may be any. */
type ContentIn<Experiment, Name extends string> = Experiment extends {
  slot: infer Slot;
  variants: readonly (infer Variant)[];
}
  ? Name extends Slot
    ? Variant extends { content: infer Content }
      ? Content
      : never
    : never
  : never;

/** What a slot shows, and why. */
export type Decision<Name extends SlotName> = Omit<SlotDecision, "content"> & { content: ContentOf<Name> };
