import { getOrAdd } from "../engine/get-or-add.ts";
import type { ArmPlan, ExperimentPlan, ShownPlan } from "../engine/slot-plan.ts";
import { valueAt } from "../filter/path.ts";
import { assign } from "./assign.ts";
import type { Look, Refine, SlotDecision } from "./decide-slots.ts";
import { fillTexts } from "./fill-texts.ts";
import { isOpen } from "./is-open.ts";

/** What an experiment shows in the slot, and the values in its texts. */
export const refine: Refine = ({ experiments = [] }, shown, isFree, look) => {
  for (const experiment of isFree ? experiments : []) {
    const arm = isOpen(experiment, look.clock) && assign(experiment, look);
    if (arm) return inExperiment(experiment, arm, shown, look);
  }
  return shown && filled(shown, look);
};

/** What a slot shows to who takes part in an experiment: the arm's content, or, where it has none, the ordinary. */
function inExperiment(
  experiment: ExperimentPlan,
  arm: ArmPlan,
  ordinary: ShownPlan = { variant: null, content: {}, why: "the page's own content" },
  look: Look,
): SlotDecision {
  const shown = arm.shown ?? {
    ...ordinary,
    why: `${arm.id} of experiment ${experiment.id}: ${ordinary.why}`,
  };
  const viewed = look.truth(experiment.viewed);
  const exposures = [...(viewed ? [] : [arm.exposure]), ...(shown.exposures ?? [])];
  return {
    ...filled(shown, look),
    experiment: { id: experiment.id, variant: arm.id, viewed },
    ...(exposures.length > 0 && { exposures }),
  };
}

function filled({ texts, ...shown }: ShownPlan, look: Look): SlotDecision {
  return { ...shown, content: fillTexts(shown.content, texts, (path) => valueOf(path, look)) };
}

/** The value at a path: `traits.firstName`, `measures.views`, `context.utm.source`. Only own properties exist. */
function valueOf(path: string, { profile, traits, visit, found }: Look): unknown {
  return getOrAdd(found, path, () =>
    path.startsWith("measures.")
      ? profile.measure(path.slice(9))
      : valueAt({ traits: traits(), context: visit }, path.split(".")),
  );
}
