import type { Condition } from "../definition/condition.ts";
import { armsOf, type ExperimentDefinition } from "../definition/experiment.ts";
import { EXPERIMENT_VIEWED } from "../definition/exposure-events.ts";
import type { ArmPlan, ExperimentPlan } from "../engine/slot-plan.ts";
import { planContent, planSchedule, slotViewed, type Ask } from "./plan-shown.ts";

type Experiments = readonly (readonly [id: string, experiment: ExperimentDefinition])[];

/** Plans one of the running experiments. `isCounted`: whether its slot counts what is shown. */
export function planExperiment(
  id: string,
  running: Experiments,
  isCounted: boolean,
  ask: Ask,
): ExperimentPlan {
  const experiment = running.find(([known]) => known === id)![1];
  const { audience = { all: [] }, seed = id, variants, coverage, holdout, group, schedule } = experiment;
  const weights = variants.flatMap(({ weight = [] }) => weight);
  return {
    id,
    audience: ask(audience),
    elsewhere: ask(exposedElsewhere(id, experiment, running)),
    viewed: ask({ count: viewed(id), within: "session", gte: 1 }),
    arms: armsOf(experiment).map((arm) => planArm(id, experiment, arm, isCounted, ask)),
    seed,
    ...(weights.length > 0 && { weights }),
    ...(coverage !== undefined && { coverage }),
    ...(holdout && { holdout }),
    ...(group && { group }),
    ...planSchedule(schedule),
  };
}

function planArm(
  id: string,
  { slot, name = id, variants }: ExperimentDefinition,
  arm: string,
  isCounted: boolean,
  ask: Ask,
): ArmPlan {
  const { content, name: armName = arm } = variants.find((variant) => variant.id === arm) ?? {};
  const counted = slotViewed({ slot, experiment_id: id, variation_id: arm });
  return {
    id: arm,
    exposed: ask({ first: "variation_id", of: viewed(id), eq: arm }),
    ...(content && {
      shown: {
        variant: arm,
        ...planContent(content),
        why: `variant ${arm} of experiment ${id}`,
        ...(isCounted && { exposures: [counted] }),
      },
    }),
    exposure: {
      name: EXPERIMENT_VIEWED,
      properties: { experiment_id: id, experiment_name: name, variation_id: arm, variation_name: armName },
    },
  };
}

/** Of the experiments that nobody may be in together with this one, whether the first exposure was to another. */
function exposedElsewhere(id: string, experiment: ExperimentDefinition, running: Experiments): Condition {
  const rivals = running.filter(([, other]) => excludes(experiment, other)).map(([other]) => other);
  if (rivals.length === 0) return { any: [] };
  return { first: "experiment_id", of: viewed({ $in: [id, ...rivals] }), ne: id };
}

function excludes({ group: one }: ExperimentDefinition, { group: other }: ExperimentDefinition): boolean {
  return (
    one !== undefined &&
    other?.name === one.name &&
    (other.range[0] >= one.range[1] || one.range[0] >= other.range[1])
  );
}

function viewed(id: string | { $in: string[] }): {
  event: string;
  where: { experiment_id: string | { $in: string[] } };
} {
  return { event: EXPERIMENT_VIEWED, where: { experiment_id: id } };
}
