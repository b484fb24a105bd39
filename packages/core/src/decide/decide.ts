import type { DeviceProfile } from "../engine/device-profile.ts";
import type { SlotPlan } from "../engine/slot-plan.ts";
import { decideSlots, type SlotDecision, type Visit } from "./decide-slots.ts";
import { refine } from "./refine.ts";

export interface DecideOptions extends Visit {
  /** Of the slots; all of the definition's without them. Names that it does not know are passed over. */
  names?: Iterable<string> | undefined;
}

/**
 * Decides slots for a profile at its clock: what an experiment shows there, else the first variant whose `when` is true,
 * whose schedule is open and whose cap is not used up, else the fallback. A slot with nothing to show is left out: the page's
 * own content stays.
 */
export function decide(
  { slots }: { slots: ReadonlyMap<string, SlotPlan> },
  profile: DeviceProfile,
  { names = slots.keys(), ...visit }: DecideOptions = {},
): Record<string, SlotDecision> {
  const asked = [...names].flatMap((name) => {
    const slot = slots.get(name);
    return slot ? [[name, slot] as const] : [];
  });
  return decideSlots(asked, profile, visit, refine);
}
