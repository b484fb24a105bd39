import type { TraitStep } from "../../definition/journey.ts";
import { checkData } from "../check-data.ts";
import type { StepKind } from "../step-kind.ts";

export const trait: StepKind<TraitStep> = {
  key: "trait",
  keys: [],
  check(context, step, path) {
    checkData(context, step, "trait", path);
  },
  run: ({ trait: traits }, { fill }) => ({ go: "on", action: { kind: "trait", traits: fill(traits) } }),
};
