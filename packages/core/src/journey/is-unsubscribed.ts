import type { Profile } from "../engine/profile.ts";
import { UNSUBSCRIBED } from "./journey-conditions.ts";

/** Whether a profile may not be written to, as one that evaluates journeys knows it. */
export function isUnsubscribed(profile: Profile): boolean {
  return profile.holds(UNSUBSCRIBED);
}
