import { describe } from "../../definition/check/issues.ts";
import type { SplitStep } from "../../definition/journey.ts";
import { fractionOf } from "../hash-of.ts";
import type { StepKind } from "../step-kind.ts";

export const split: StepKind<SplitStep> = {
  key: "split",
  keys: [],
  check(context, { split: branches }, path) {
    const { issues } = context;
    const at = [...path, "split"];
    if (!issues.isArray(branches, at, "a list of { weight, steps }")) return;
    if (branches.length === 0) issues.add(at, "must have at least one branch");
    branches.forEach((branch: unknown, position) => {
      const place = [...at, position];
      if (!issues.isObject(branch, place, "{ weight, steps }")) return;
      issues.unknownKeys(branch, ["weight", "steps"], place);
      const { weight } = branch;
      if (typeof weight !== "number" || !(weight > 0 && weight < Infinity))
        issues.add([...place, "weight"], `must be a number above 0, not ${describe(weight)}`);
      context.steps(branch["steps"], [...place, "steps"]);
    });
  },
  branches: (step) => step.split.map(({ steps }, position) => [`${position}`, steps]),
  run({ split: branches }, { seed }) {
    const total = branches.reduce((sum, { weight }) => sum + weight, 0);
    let left = fractionOf(seed) * total;
    const position = branches.findIndex(({ weight }) => (left -= weight) < 0);
    // By rounding, a fraction close to 1 may be beyond them all.
    return { go: "into", branch: `${position < 0 ? branches.length - 1 : position}` };
  },
};
