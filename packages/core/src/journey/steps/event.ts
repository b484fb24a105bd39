import type { EventStep } from "../../definition/journey.ts";
import { checkData, checkName } from "../check-data.ts";
import type { StepKind } from "../step-kind.ts";

export const event: StepKind<EventStep> = {
  key: "event",
  keys: ["properties"],
  check({ issues }, step, path) {
    checkName(issues, step["event"], "an event name", [...path, "event"]);
    checkData(issues, step, "properties", path);
  },
  run: ({ event: name, properties = {} }, { fill }) => ({
    go: "on",
    action: { kind: "event", name, properties: fill(properties) },
  }),
};
