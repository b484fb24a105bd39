import type { JourneyStep } from "../definition/journey.ts";
import { kindOf } from "./step-kinds.ts";

/**
 * Where a step stands: its position in the list of steps, and for each branch around it the branch's name and the position
 * there, as `2.then.0`.
 */
export type StepPath = string;

export const FIRST_STEP: StepPath = "0";

/** The step at a path; none where the run is at its end. */
export function stepAt(steps: readonly JourneyStep[], path: StepPath): JourneyStep | undefined {
  const [position, branch, ...rest] = path.split(".");
  const step = steps[Number(position)];
  return step && branch !== undefined ? stepAt(branchOf(step, branch), rest.join(".")) : step;
}

/** The path behind a step: out of branches that end there. */
export function pathBehind(steps: readonly JourneyStep[], path: StepPath): StepPath {
  const parts = path.split(".");
  for (;;) {
    const next = [...parts.slice(0, -1), Number(parts.at(-1)) + 1].join(".");
    if (parts.length === 1 || stepAt(steps, next)) return next;
    parts.splice(-2);
  }
}

/** The path of the first step of a branch, or behind it where the branch is empty. */
export function pathInto(steps: readonly JourneyStep[], path: StepPath, branch: string): StepPath {
  const next = `${path}.${branch}.0`;
  return stepAt(steps, next) ? next : pathBehind(steps, path);
}

/** Every step, those in branches behind the one that they hang on. */
export function allSteps(steps: readonly JourneyStep[]): JourneyStep[] {
  return steps.flatMap((step) => [
    step,
    ...(kindOf(step).branches?.(step) ?? []).flatMap(([, branch]) => allSteps(branch)),
  ]);
}

function branchOf(step: JourneyStep, name: string): readonly JourneyStep[] {
  return (
    kindOf(step)
      .branches?.(step)
      .find(([each]) => each === name)?.[1] ?? []
  );
}
