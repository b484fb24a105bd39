import type { Condition } from "./condition.ts";
import type { Definition } from "./definition.ts";
import { armsOf, isRunning, type ExperimentDefinition } from "./experiment.ts";
import { EXPERIMENT_VIEWED, SLOT_VIEWED } from "./exposure-events.ts";
import { capsOf, type SlotCap, type SlotDefinition } from "./slot.ts";

/** A definition in the words of the language alone. */
export interface Lowered extends Pick<Definition, "segments" | "measures" | "private"> {
  /** The conditions that decisions ask for, by `slotKey` and `experimentKey`. They are nobody's segments. */
  decisions: { readonly [key: string]: readonly Condition[] };
}

/** Positions in the conditions of a slot: its own caps, then each variant with its `when` and caps. */
export const SLOT_OPEN = 0;
export const FIRST_VARIANT = 1;

/** Positions in the conditions of an experiment: then, for each arm, whether the first exposure was to it. */
export const AUDIENCE = 0;
/** Whether another experiment of its group came first. */
export const ELSEWHERE = 1;
/** Whether an exposure is recorded in the current session. */
export const VIEWED = 2;
export const FIRST_ARM = 3;

export function slotKey(name: string): string {
  return `slots.${name}`;
}

export function experimentKey(id: string): string {
  return `experiments.${id}`;
}

/**
 * Says caps, and what has become of experiments, in conditions over the log, which the engine answers like any other: alike
 * everywhere, exact in time, and for joined profiles by all of their devices.
 */
export function lower(definition: Definition): Lowered {
  const { slots = {}, experiments = {}, segments, measures, private: secret } = definition;
  const running = Object.entries(experiments).filter(([, experiment]) => isRunning(experiment));
  return {
    segments,
    ...(measures && { measures }),
    ...(secret && { private: secret }),
    decisions: Object.fromEntries([
      ...Object.entries(slots).map(([name, slot]) => [slotKey(name), ofSlot(name, slot)] as const),
      ...running.map(([id, each]) => [experimentKey(id), ofExperiment(id, each, running)] as const),
    ]),
  };
}

function ofSlot(name: string, slot: SlotDefinition): Condition[] {
  const capped = (variant: string | undefined): Condition[] =>
    capsOf(slot)
      .filter((cap) => cap.variant === variant)
      .map((cap) => ofCap(name, cap));
  return [
    { all: capped(undefined) },
    ...slot.variants.map(({ id, when }) => {
      const caps = capped(id);
      return caps.length > 0 ? { all: [when, ...caps] } : when;
    }),
  ];
}

function ofCap(slot: string, { variant, max, within }: SlotCap): Condition {
  const where = variant === undefined ? { slot } : { slot, variant };
  return { count: { event: SLOT_VIEWED, where }, ...(within && { within }), lt: max };
}

function ofExperiment(
  id: string,
  experiment: ExperimentDefinition,
  running: readonly (readonly [string, ExperimentDefinition])[],
): Condition[] {
  const viewed = (experiment_id: string | { $in: string[] }) => ({
    event: EXPERIMENT_VIEWED,
    where: { experiment_id },
  });
  const rivals = running.filter(([, other]) => excludes(experiment, other)).map(([other]) => other);
  return [
    experiment.audience ?? { all: [] },
    rivals.length > 0
      ? { first: "experiment_id", of: viewed({ $in: [id, ...rivals] }), ne: id }
      : { any: [] },
    { count: viewed(id), within: "session", gte: 1 },
    ...armsOf(experiment).map((arm) => ({ first: "variation_id", of: viewed(id), eq: arm })),
  ];
}

/** Whether nobody may be in both. */
function excludes({ group: one }: ExperimentDefinition, { group: other }: ExperimentDefinition): boolean {
  return (
    one !== undefined &&
    other?.name === one.name &&
    (other.range[0] >= one.range[1] || one.range[0] >= other.range[1])
  );
}
