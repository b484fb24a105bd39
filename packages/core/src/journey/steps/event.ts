import type { EventStep } from "../../definition/journey.ts";
import { checkData, checkName } from "../check-data.ts";
import type { StepKind } from "../step-kind.ts";

export const event: StepKind<EventStep> = {
  key: "event",
  keys: ["properties"],
  check(context, step, path) {
    checkName(context.issues, step["event"], "an event name", [...path, "event"]);
    checkData(context, step, "properties", path);
  },
  run: ({ event: name, properties = {} }, { fill }) => ({
    go: "on",
    action: { kind: "event", name, properties: fill(properties) },
  }),
};
