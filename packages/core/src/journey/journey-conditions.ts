import type { Condition } from "../definition/condition.ts";
import type { Definition } from "../definition/definition.ts";
import type { JourneyDefinition } from "../definition/journey.ts";
import { kindOf } from "./step-kinds.ts";
import { allSteps } from "./step-path.ts";

/** Who is not written to, until an event `Subscribed` says otherwise. */
export const UNSUBSCRIBED: Condition = {
  count: { event: ["Unsubscribed", "Email Marked as Spam"] },
  after: "Subscribed",
  gte: 1,
};

/** The conditions that a journey asks for, its own and its steps'. */
export function conditionsOf({ enter, steps }: JourneyDefinition): Condition[] {
  return [enter, ...allSteps(steps).flatMap((step) => kindOf(step).conditions?.(step) ?? [])];
}

/** All that journeys ask the engine: conditions that are nobody's segments. */
export function journeyConditions({ journeys = {} }: Definition): Condition[] {
  const conditions = Object.values(journeys).flatMap(conditionsOf);
  return conditions.length > 0 ? [...conditions, UNSUBSCRIBED] : [];
}
