import { describe } from "../../definition/check/issues.ts";
import type { EndStep } from "../../definition/journey.ts";
import type { StepKind } from "../step-kind.ts";

export const end: StepKind<EndStep> = {
  key: "end",
  keys: [],
  check({ issues }, step, path) {
    if (step["end"] !== true) issues.add([...path, "end"], `must be true, not ${describe(step["end"])}`);
  },
  run: () => ({ go: "end" }),
};
