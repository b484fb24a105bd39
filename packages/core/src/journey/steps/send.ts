import { describe } from "../../definition/check/issues.ts";
import type { SendStep } from "../../definition/journey.ts";
import { checkData, checkName } from "../check-data.ts";
import type { StepKind } from "../step-kind.ts";

export const send: StepKind<SendStep> = {
  key: "send",
  keys: ["template", "data"],
  check(context, step, path) {
    if (step["send"] !== "email")
      context.issues.add([...path, "send"], `must be "email", not ${describe(step["send"])}`);
    checkName(context.issues, step["template"], "a template's name, or its id at the provider", [
      ...path,
      "template",
    ]);
    checkData(context, step, "data", path);
  },
  run({ template, data = {} }, { quietUntil, email, fill }) {
    const until = quietUntil();
    if (until !== undefined) return { go: "stay", until };
    const message = email(template, fill(data));
    return typeof message === "string" ? { go: "on", skipped: message } : { go: "on", action: message };
  },
};
