import type { DeviceProfile } from "../engine/device-profile.ts";
import type { SlotPlan } from "../engine/slot-plan.ts";
import { decideSlots, type DecideOptions, type SlotDecision } from "./decide-slots.ts";
import { refine } from "./refine.ts";

/**
 * Decides slots for a profile at its clock: what an experiment shows there, else the first variant whose `when` is true,
 * whose schedule is open and whose cap is not used up, else the fallback. A slot with nothing to show is left out: the page's
 * own content stays.
 */
export function decide(
  program: { slots: ReadonlyMap<string, SlotPlan> },
  profile: DeviceProfile,
  options: DecideOptions = {},
): Record<string, SlotDecision> {
  return decideSlots(program, profile, options, refine);
}
