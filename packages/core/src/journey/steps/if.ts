import { checkCondition } from "../../definition/check/check-condition.ts";
import type { IfStep } from "../../definition/journey.ts";
import type { StepKind } from "../step-kind.ts";

export const conditional: StepKind<IfStep> = {
  key: "if",
  keys: ["then", "else"],
  check(context, step, path) {
    checkCondition(context, step["if"], [...path, "if"]);
    context.steps(step["then"], [...path, "then"]);
    if (Object.hasOwn(step, "else")) context.steps(step["else"], [...path, "else"]);
  },
  conditions: (step) => [step.if],
  branches: (step) => [
    ["then", step.then],
    ["else", step.else ?? []],
  ],
  run: (step, { holds }) => ({ go: "into", branch: holds(step.if) ? "then" : "else" }),
};
