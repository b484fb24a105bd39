import type { ExperimentDefinition } from "../definition/experiment.ts";
import { EXPERIMENT_VIEWED, SLOT_VIEWED } from "../definition/exposure-events.ts";
import { capsOf, type SlotDefinition } from "../definition/slot.ts";
import type { MurmurEvent } from "../log/entry.ts";
import type { SlotDecision } from "./decide.ts";

/** An event to record, under an id and a timestamp of the recorder's, once a decision was really shown. */
export type Exposure = Required<Pick<MurmurEvent, "name" | "properties">>;

/** What to record when a decision is really shown: by the tag, by who rewrites the page, or by who asked for it. */
export function exposuresOf({ exposures = [] }: SlotDecision): readonly Exposure[] {
  return exposures;
}

/** `Experiment Viewed` of an arm, as Segment's spec has it. */
export function experimentViewed(
  id: string,
  { name, variants }: ExperimentDefinition,
  arm: string,
): Exposure {
  const variant = variants.find((each) => each.id === arm);
  return {
    name: EXPERIMENT_VIEWED,
    properties: {
      experiment_id: id,
      experiment_name: name ?? id,
      variation_id: arm,
      variation_name: variant?.name ?? arm,
    },
  };
}

/** `Slot Viewed` of a slot's variant, or of an experiment's content in it, where some cap counts that. */
export function slotViewed(
  slot: string,
  definition: SlotDefinition,
  shown: { variant: string } | { experiment_id: string; variation_id: string },
): Exposure[] {
  const counts = capsOf(definition).some(
    (cap) => cap.variant === undefined || ("variant" in shown && cap.variant === shown.variant),
  );
  return counts ? [{ name: SLOT_VIEWED, properties: { slot, ...shown } }] : [];
}
