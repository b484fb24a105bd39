import type { Context } from "../engine/context.ts";
import type { DeviceProfile } from "../engine/device-profile.ts";
import { getOrAdd } from "../engine/get-or-add.ts";
import type { ArmPlan, ExperimentPlan, ShownPlan, SlotPlan } from "../engine/slot-plan.ts";
import { pathReader } from "../filter/path.ts";
import { assign, type Allocations, type Subject } from "./assign.ts";
import { interpolate, type Lookup } from "./interpolate.ts";
import { isOpen } from "./is-open.ts";

/**
 * What a slot shows, and why: plain JSON. `variant` is the id of the slot's variant, or of the experiment's where its content
 * is shown; null for the fallback. `content` has its expressions filled in, and is empty where an experiment's control is the
 * page's own. `why` is for people; `segment` is there where one is the variant's condition. `exposures` are to be recorded
 * once it is really shown, and left out where there are none.
 */
export interface SlotDecision extends ShownPlan {
  /** The experiment that the profile takes part in here: its variant, or `holdout`, and whether this session has it recorded. */
  experiment?: { id: string; variant: string; viewed: boolean };
}

export interface DecideOptions {
  /** Of the slots; all of the definition's without them. Names that it does not know are passed over. */
  names?: Iterable<string> | undefined;
  /** What is true of the visit. */
  context?: Context | undefined;
  /** What experiments assign by: the customer's id when the profile has one, else the device's. Nobody new is let in without. */
  unit?: string | undefined;
  /** Shares in place of weights, by experiment. */
  allocations?: Allocations | undefined;
}

/** One look at a profile. */
interface Look extends Subject {
  /** ms; NaN before there is one. */
  clock: number;
  lookup: Lookup;
}

/**
 * Decides slots for a profile at its clock: what an experiment shows there, else the first variant whose `when` is true,
 * whose schedule is open and whose cap is not used up, else the fallback. A slot with nothing to show is left out: the page's
 * own content stays.
 */
export function decide(
  { slots }: { slots: ReadonlyMap<string, SlotPlan> },
  profile: DeviceProfile,
  { names = slots.keys(), context, unit, allocations }: DecideOptions = {},
): Record<string, SlotDecision> {
  const { visit, traits, truth } = profile.view(context);
  const lookup = lookupIn(profile, traits, visit);
  const look = { truth, unit, allocations, lookup, clock: profile.clock ?? NaN };
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const slot = slots.get(name);
      const decision = slot && decideSlot(slot, look);
      return decision ? [[name, decision]] : [];
    }),
  );
}

function decideSlot(slot: SlotPlan, look: Look): SlotDecision | undefined {
  const { clock, truth, lookup } = look;
  const isFree = isOpen(slot, clock) && truth(slot.free);
  const { shown = slot.fallback } =
    slot.variants.find((variant) => isFree && isOpen(variant, clock) && truth(variant.when)) ?? {};
  for (const experiment of (isFree && slot.experiments) || []) {
    const arm = isOpen(experiment, clock) && assign(experiment, look);
    if (arm) return inExperiment(experiment, arm, shown, look);
  }
  return shown && { ...shown, content: interpolate(shown.content, lookup) };
}

/** What a slot shows to who takes part in an experiment: the arm's content, or, where it has none, the ordinary. */
function inExperiment(
  experiment: ExperimentPlan,
  arm: ArmPlan,
  ordinary: ShownPlan = { variant: null, content: {}, why: "the page's own content" },
  { truth, lookup }: Look,
): SlotDecision {
  const shown = arm.shown ?? {
    ...ordinary,
    why: `${arm.id} of experiment ${experiment.id}: ${ordinary.why}`,
  };
  const viewed = truth(experiment.viewed);
  const exposures = [...(viewed ? [] : [arm.exposure]), ...(shown.exposures ?? [])];
  return {
    ...shown,
    content: interpolate(shown.content, lookup),
    experiment: { id: experiment.id, variant: arm.id, viewed },
    ...(exposures.length > 0 && { exposures }),
  };
}

/** Values by their paths: `traits.firstName`, `measures.views`, `context.utm.source`. Only own properties exist. */
function lookupIn(profile: DeviceProfile, readTraits: () => unknown, context: Context | undefined): Lookup {
  // Most slots of a page ask for the same few.
  const known = new Map<string, unknown>();
  return (path) =>
    getOrAdd(known, path, () =>
      path.startsWith("measures.")
        ? profile.measure(path.slice(9))
        : pathReader(path)({ traits: readTraits(), context }),
    );
}
