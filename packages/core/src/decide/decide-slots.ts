import type { Context } from "../engine/context.ts";
import type { DeviceProfile, ProfileView } from "../engine/device-profile.ts";
import type { ShownPlan, SlotPlan } from "../engine/slot-plan.ts";
import type { Allocations } from "./assign.ts";
import { isOpen } from "./is-open.ts";

/**
 * What a slot shows, and why: plain JSON. `variant` is the id of the slot's variant, or of the experiment's where its content
 * is shown; null for the fallback. `content` has its expressions filled in, and is empty where an experiment's control is the
 * page's own. `why` is for people; `segment` is there where one is the variant's condition. `exposures` are to be recorded
 * once it is really shown, and left out where there are none.
 */
export interface SlotDecision extends Omit<ShownPlan, "texts"> {
  /** The experiment that the profile takes part in here: its variant, or `holdout`, and whether this session has it recorded. */
  experiment?: { id: string; variant: string; viewed: boolean };
}

export interface Visit {
  /** What is true of the visit. */
  context?: Context | undefined;
  /** What experiments assign by: the customer's id when the profile has one, else the device's. Nobody new is let in without. */
  unit?: string | undefined;
  /** Shares in place of weights, by experiment. */
  allocations?: Allocations | undefined;
}

/** One look at a profile. */
export interface Look extends ProfileView, Omit<Visit, "context"> {
  profile: DeviceProfile;
  /** ms; NaN before there is one. */
  clock: number;
  /** What was found by its path: most slots of a page ask for the same few. */
  found: Map<string, unknown>;
}

/** Decides a slot further that has experiments, or values in its texts: from what it shows without, and whether it may be changed. */
export type Refine = (
  slot: SlotPlan,
  shown: ShownPlan | undefined,
  isFree: boolean,
  look: Look,
) => SlotDecision | undefined;

/**
 * Decides slots for a profile at its clock: the first variant whose `when` is true, whose schedule is open and whose cap is
 * not used up, else the fallback; what takes more than that, `refine` does. A slot with nothing to show is left out: the
 * page's own content stays.
 */
export function decideSlots(
  slots: Iterable<readonly [name: string, slot: SlotPlan]>,
  profile: DeviceProfile,
  { context, ...asked }: Visit,
  refine: Refine,
): Record<string, SlotDecision> {
  const look: Look = {
    ...asked,
    ...profile.view(context),
    profile,
    clock: profile.clock ?? NaN,
    found: new Map(),
  };
  const { clock, truth } = look;
  return Object.fromEntries(
    [...slots].flatMap(([name, slot]) => {
      const isFree = isOpen(slot, clock) && truth(slot.free);
      const { shown = slot.fallback } =
        slot.variants.find((variant) => isFree && isOpen(variant, clock) && truth(variant.when)) ?? {};
      const decision = slot.refined ? refine(slot, shown, isFree, look) : shown;
      return decision ? [[name, decision]] : [];
    }),
  );
}
