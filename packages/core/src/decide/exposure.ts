import type { Exposure } from "../engine/slot-plan.ts";
import type { SlotDecision } from "./decide-slots.ts";

/** What to record when a decision is really shown: by the tag, by who rewrites the page, or by who asked for it. */
export function exposuresOf({ exposures = [] }: SlotDecision): readonly Exposure[] {
  return exposures;
}
