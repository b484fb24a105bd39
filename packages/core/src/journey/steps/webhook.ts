import type { WebhookStep } from "../../definition/journey.ts";
import { checkData, checkName } from "../check-data.ts";
import type { StepKind } from "../step-kind.ts";

export const webhook: StepKind<WebhookStep> = {
  key: "webhook",
  keys: ["data"],
  check(context, step, path) {
    checkName(context.issues, step["webhook"], "a receiver's name", [...path, "webhook"]);
    checkData(context, step, "data", path);
  },
  run: ({ webhook: receiver, data = {} }, { fill }) => ({
    go: "on",
    action: { kind: "webhook", receiver, data: fill(data) },
  }),
};
