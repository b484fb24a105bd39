import { isRunning, type ExperimentDefinition } from "../definition/experiment.ts";
import { experimentKey, FIRST_VARIANT, SLOT_OPEN, slotKey, VIEWED } from "../definition/lower.ts";
import type { SlotContent, SlotDefinition } from "../definition/slot.ts";
import { pathReader } from "../filter/path.ts";
import type { Context } from "../engine/context.ts";
import type { DeviceProfile } from "../engine/device-profile.ts";
import type { Program } from "../engine/program.ts";
import { assign, type Allocations, type Subject } from "./assign.ts";
import { experimentViewed, slotViewed, type Exposure } from "./exposure.ts";
import { interpolate, type Lookup } from "./interpolate.ts";
import { isOpen } from "./is-open.ts";

/** What a slot shows, and why: plain JSON. */
export interface SlotDecision {
  /** The id of the slot's variant, or of the experiment's when its content is shown; null for the fallback. */
  variant: string | null;
  /** With its expressions filled in. Empty where an experiment's control is the page's own content. */
  content: SlotContent;
  /** For people. */
  why: string;
  /** The segment that the profile is in, where that is the variant's condition. */
  segment?: string;
  /** The experiment that the profile takes part in here: its variant, or `holdout`, and whether this session has it recorded. */
  experiment?: { id: string; variant: string; viewed: boolean };
  /** What to record once it is really shown; left out where there is nothing. */
  exposures?: readonly Exposure[];
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
  experiments: readonly [string, ExperimentDefinition][];
}

/**
 * Decides slots for a profile at its clock: what an experiment shows there, else the first variant whose `when` is true,
 * whose schedule is open and whose cap is not used up, else the fallback. A slot with nothing to show is left out: the page's
 * own content stays.
 */
export function decide(
  program: Program<DeviceProfile>,
  profile: DeviceProfile,
  { names, context, unit, allocations }: DecideOptions = {},
): Record<string, SlotDecision> {
  const { slots = {}, experiments = {} } = program.definition;
  const { visit, traits, holds } = profile.view(context);
  const clock = profile.clock ?? NaN;
  const look: Look = {
    holds,
    unit,
    allocations,
    clock,
    lookup: lookupIn(profile, traits, visit),
    experiments: Object.entries(experiments).filter(
      ([, each]) => isRunning(each) && isOpen(each.schedule, clock),
    ),
  };
  return Object.fromEntries(
    [...(names ?? Object.keys(slots))].flatMap((name) => {
      const decision = Object.hasOwn(slots, name) && decideSlot(name, slots[name]!, look);
      return decision ? [[name, decision]] : [];
    }),
  );
}

function decideSlot(name: string, slot: SlotDefinition, look: Look): SlotDecision | undefined {
  const open = isOpen(slot.schedule, look.clock) && look.holds(slotKey(name), SLOT_OPEN);
  const ordinary = ordinaryOf(name, slot, open, look);
  for (const [id, experiment] of open ? look.experiments : []) {
    const arm = experiment.slot === name && assign(id, experiment, look);
    if (arm) return inExperiment(name, slot, ordinary, { id, experiment, arm, look });
  }
  return ordinary;
}

/** What the slot shows without its experiments. */
function ordinaryOf(
  name: string,
  slot: SlotDefinition,
  open: boolean,
  { clock, holds, lookup }: Look,
): SlotDecision | undefined {
  const { variants, fallback } = slot;
  const variant = variants.find(
    ({ schedule }, at) => open && isOpen(schedule, clock) && holds(slotKey(name), FIRST_VARIANT + at),
  );
  if (!variant)
    return (
      fallback && {
        variant: null,
        content: interpolate(fallback.content, lookup),
        why: "no variant's condition is true",
      }
    );
  const { id, when, content } = variant;
  const segment = "segment" in when ? when.segment : undefined;
  return {
    variant: id,
    content: interpolate(content, lookup),
    why: segment === undefined ? `the condition of variant ${id} is true` : `in segment ${segment}`,
    ...(segment !== undefined && { segment }),
    ...recorded(slotViewed(name, slot, { variant: id })),
  };
}

/** What the slot shows to who takes part in an experiment: its content, or, of an arm that has none, the ordinary. */
function inExperiment(
  name: string,
  slot: SlotDefinition,
  ordinary: SlotDecision = { variant: null, content: {}, why: "the page's own content" },
  { id, experiment, arm, look }: { id: string; experiment: ExperimentDefinition; arm: string; look: Look },
): SlotDecision {
  const content = experiment.variants.find((variant) => variant.id === arm)?.content;
  const shown: SlotDecision = content
    ? {
        variant: arm,
        content: interpolate(content, look.lookup),
        why: `variant ${arm} of experiment ${id}`,
        ...recorded(slotViewed(name, slot, { experiment_id: id, variation_id: arm })),
      }
    : { ...ordinary, why: `${arm} of experiment ${id}: ${ordinary.why}` };
  const viewed = look.holds(experimentKey(id), VIEWED);
  return {
    ...shown,
    experiment: { id, variant: arm, viewed },
    ...recorded([...(viewed ? [] : [experimentViewed(id, experiment, arm)]), ...(shown.exposures ?? [])]),
  };
}

function recorded(exposures: readonly Exposure[]): Pick<SlotDecision, "exposures"> {
  return exposures.length > 0 ? { exposures } : {};
}

/** Values by their paths: `traits.firstName`, `measures.views`, `context.utm.source`. Only own properties exist. */
function lookupIn(profile: DeviceProfile, readTraits: () => unknown, context: Context | undefined): Lookup {
  let traits: unknown;
  return (path) => {
    if (path.startsWith("measures.")) return profile.measure(path.slice(9));
    traits ??= readTraits();
    return pathReader(path)({ traits, context });
  };
}
