import type { StepPlace } from "./effect.ts";
import { hashOf } from "./hash-of.ts";

/** The key of what a step does, in a run that began with the profile `owner`, as `customer:17`: another owner's has another. */
export function effectKey(owner: string, { journey, run, step }: Omit<StepPlace, "dueAt">): string {
  return hashOf(owner, journey, run, step);
}
