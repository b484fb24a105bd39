import type { ExperimentDefinition, ExperimentVariant } from "../definition/experiment.ts";
import type { Json } from "../log/entry.ts";
import type { SlotDefinition, SlotVariant } from "../definition/slot.ts";

/** A slot whose type holds what it may show. */
export type DefinedSlot<Slot> = Omit<SlotDefinition, "variants" | "fallback"> & {
  variants: readonly VariantsOf<Slot, SlotVariant>[];
} & (Slot extends { fallback: { content: infer Content } }
    ? { fallback: { content: Written<Content> } }
    : unknown);

/** An experiment whose type holds in which slot it is, and what it may show there. */
export type DefinedExperiment<Experiment> = Omit<ExperimentDefinition, "slot" | "variants"> & {
  slot: Experiment extends { slot: infer Slot } ? Slot : ExperimentDefinition["slot"];
  variants: readonly VariantsOf<Experiment, ExperimentVariant>[];
};

/** Each by itself, so that it is known which fields stand together. */
type VariantsOf<Shown, Variant> = Shown extends { variants: readonly (infer Each)[] }
  ? WithContent<Each, Variant>
  : Variant;

type WithContent<Each, Variant> = Each extends { content: infer Content }
  ? Omit<Variant, "content"> & { content: Written<Content> }
  : Omit<Variant, "content">;

/** What stands in a definition, of which texts may have values filled in: what kind each field is, not what is written there. Of what may be anything, no more is known. */
type Written<Value> = Json extends Value
  ? Value
  : Value extends string
    ? string
    : Value extends number
      ? number
      : Value extends boolean
        ? boolean
        : { [Key in keyof Value]: Written<Value[Key]> };
