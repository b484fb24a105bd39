import type { Condition } from "../definition/condition.ts";
import type { Definition } from "../definition/definition.ts";
import type { DeviceProfile } from "../engine/device-profile.ts";
import { conditionKey, journeyConditions, UNSUBSCRIBED } from "./journey-conditions.ts";

/** The definition with what its journeys ask, as slots that nobody sees: they have no variant but the condition. */
export function lowerJourneys(definition: Definition): Definition {
  const asked = [...journeyConditions(definition)].map(
    ([key, when]) => [key, { variants: [{ id: key, when, content: {} }] }] as const,
  );
  return asked.length === 0
    ? definition
    : { ...definition, slots: { ...definition.slots, ...Object.fromEntries(asked) } };
}

/** Whether a condition of a journey holds at the profile's clock. */
export function conditionHolds(profile: DeviceProfile, condition: Condition): boolean {
  return profile.variantOf(conditionKey(condition)) === 0;
}

/** Whether a profile may not be written to, as one that evaluates journeys knows it. */
export function isUnsubscribed(profile: DeviceProfile): boolean {
  return conditionHolds(profile, UNSUBSCRIBED);
}
