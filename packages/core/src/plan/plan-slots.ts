import type { Condition } from "../definition/condition.ts";
import type { Definition } from "../definition/definition.ts";
import { milliseconds } from "../definition/duration.ts";
import { isRunning } from "../definition/experiment.ts";
import { SLOT_VIEWED } from "../definition/exposure-events.ts";
import { capsOf, type SlotDefinition, type SlotVariant } from "../definition/slot.ts";
import type { OpenPlan, SlotPlan, VariantPlan } from "../engine/slot-plan.ts";
import { planExperiment } from "./plan-experiment.ts";
import { planContent, planSchedule, slotViewed, type Ask } from "./plan-shown.ts";

/**
 * Plans the slots of a definition that was checked. Caps, and what has become of experiments, are asked in conditions over the
 * log, which the engine answers like any other: alike everywhere, exact in time, and for joined profiles by all of their
 * devices.
 */
export function planSlots({ slots = {}, experiments = {} }: Definition, ask: Ask): [string, SlotPlan][] {
  const running = Object.entries(experiments).filter(([, experiment]) => isRunning(experiment));
  return Object.entries(slots).map(([name, slot]) => {
    const { variants, fallback, schedule, timeout } = slot;
    const own = running.filter(([, experiment]) => experiment.slot === name);
    const isCounted = capsOf(slot).some(({ variant }) => variant === undefined);
    const planned: SlotPlan = {
      free: ask({ all: capsOn(undefined, name, slot) }),
      ...planSchedule(schedule),
      variants: variants.map((variant) => planVariant(variant, name, slot, ask)),
      ...(fallback && {
        fallback: {
          variant: null,
          ...planContent(fallback.content),
          why: noneWins(slot),
        },
      }),
      ...(timeout !== undefined && { timeout: milliseconds(timeout) }),
      ...(own.length > 0 && {
        experiments: own.map(([id]) => planExperiment(id, running, isCounted, ask)),
      }),
    };
    return [name, { ...planned, ...(isRefined(planned) && { refined: true }) }];
  });
}

/** Why a slot shows its fallback: with what else than a condition may keep a variant from winning. */
function noneWins(slot: SlotDefinition): string {
  const isTimed = [slot, ...slot.variants].some(({ schedule }) => schedule);
  const besides = [
    ...(isTimed ? ["its schedule open"] : []),
    ...(capsOf(slot).length > 0 ? ["its cap not used up"] : []),
  ];
  return `no variant's condition is true${besides.length > 0 ? ` with ${besides.join(" and ")}` : ""}`;
}

/** Whether it takes `refine` to decide the slot. */
function isRefined({ variants, fallback, experiments }: SlotPlan): boolean {
  return !!experiments || [fallback, ...variants.map(({ shown }) => shown)].some((shown) => shown?.texts);
}

/** When some schedule opens or closes, ms, in order. */
export function instantsIn(slots: readonly SlotPlan[]): number[] {
  const ends = slots
    .flatMap((slot): OpenPlan[] => [slot, ...slot.variants, ...(slot.experiments ?? [])])
    .flatMap(({ from = [], to = [] }) => [from, to].flat());
  return [...new Set(ends)].sort((a, b) => a - b);
}

function planVariant(
  { id, when, content, schedule }: SlotVariant,
  name: string,
  slot: SlotDefinition,
  ask: Ask,
): VariantPlan {
  const caps = capsOn(id, name, slot);
  const segment = "segment" in when ? when.segment : undefined;
  const isCounted = capsOf(slot).some(({ variant = id }) => variant === id);
  return {
    when: ask(caps.length > 0 ? { all: [when, ...caps] } : when),
    ...planSchedule(schedule),
    shown: {
      variant: id,
      ...planContent(content),
      why: segment === undefined ? `the condition of variant ${id} is true` : `in segment ${segment}`,
      ...(segment !== undefined && { segment }),
      ...(isCounted && { exposures: [slotViewed({ slot: name, variant: id })] }),
    },
  };
}

/** The caps on a variant, or of the slot itself, as conditions that hold while they are not used up. */
function capsOn(id: string | undefined, slot: string, definition: SlotDefinition): Condition[] {
  return capsOf(definition)
    .filter(({ variant }) => variant === id)
    .map(({ variant, max, within }) => ({
      count: { event: SLOT_VIEWED, where: variant === undefined ? { slot } : { slot, variant } },
      ...(within && { within }),
      lt: max,
    }));
}
