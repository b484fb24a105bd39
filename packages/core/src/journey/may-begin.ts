import { milliseconds, type Duration } from "../definition/duration.ts";
import type { JourneyDefinition } from "../definition/journey.ts";

/** Whether a run of a journey may begin at an instant, when the last one began at `last`; ms. */
export function mayBegin(
  { again = "never" }: Pick<JourneyDefinition, "again">,
  last: number | undefined,
  at: number,
): boolean {
  if (last === undefined) return true;
  // Of two beginnings at one instant, keys would be the same.
  if (again === "never" || at <= last) return false;
  return again === "always" || at >= last + milliseconds(again.slice("after ".length) as Duration);
}
