import { checkCondition } from "../../definition/check/check-condition.ts";
import { checkDuration } from "../../definition/check/check-selector.ts";
import { milliseconds } from "../../definition/duration.ts";
import type { WaitStep } from "../../definition/journey.ts";
import type { StepKind } from "../step-kind.ts";

export const wait: StepKind<WaitStep> = {
  key: "wait",
  keys: [],
  check(context, { wait: asked }, path) {
    const { issues } = context;
    const at = [...path, "wait"];
    if (typeof asked === "string") return checkDuration(issues, asked, 1, at);
    if (!issues.isObject(asked, at, 'a duration, as "24h", or { until: condition, atMost: duration }'))
      return;
    issues.unknownKeys(asked, ["until", "atMost"], at);
    checkCondition(context, asked["until"], [...at, "until"]);
    checkDuration(issues, asked["atMost"], 1, [...at, "atMost"]);
  },
  conditions: (step) => (typeof step.wait === "string" ? [] : [step.wait.until]),
  run({ wait: asked }, { at, since, holds }) {
    const isLong = typeof asked !== "string";
    const until = since + milliseconds(isLong ? asked.atMost : asked);
    if (at >= until || (isLong && holds(asked.until))) return { go: "on" };
    return { go: "stay", until };
  },
};
