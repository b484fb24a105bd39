import type { Condition } from "../definition/condition.ts";
import type { Definition } from "../definition/definition.ts";
import { definitionHash } from "../definition/hash.ts";
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

/** All that journeys ask the engine, by `conditionKey`: conditions that are nobody's segments. */
export function journeyConditions({ journeys = {} }: Definition): Map<string, Condition> {
  const conditions = Object.values(journeys).flatMap(conditionsOf);
  if (conditions.length > 0) conditions.push(UNSUBSCRIBED);
  return new Map(conditions.map((condition) => [conditionKey(condition), condition]));
}

const keys = new WeakMap<Condition, string>();

/** The name of a condition by what it says. */
export function conditionKey(condition: Condition): string {
  let key = keys.get(condition);
  if (key === undefined) keys.set(condition, (key = `journeys.${definitionHash(condition)}`));
  return key;
}
