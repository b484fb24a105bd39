import type { ArmPlan, ExperimentPlan } from "../engine/slot-plan.ts";
import { bucketOf, bucketRanges, rangeOf } from "./bucket.ts";
import type { Look } from "./decide-slots.ts";

/** Shares of an experiment's variants, in their order, in place of its weights: what a bandit has come to. */
export type Allocations = Readonly<Record<string, readonly number[]>>;

/** What an experiment has for a profile, its holdout included; nothing when the profile takes no part in it. */
export function assign(
  { id, audience, elsewhere, arms, seed, weights, coverage, holdout, group }: ExperimentPlan,
  { truth, unit, allocations = {} }: Look,
): ArmPlan | undefined {
  if (!truth(audience) || truth(elsewhere)) return undefined;
  // Once exposed, always so: whatever has become of weights, ranges, or the profile's id.
  const exposed = arms.find((arm) => truth(arm.exposed));
  if (exposed || unit === undefined) return exposed;
  if (group && rangeOf(bucketOf(`group:${group.name}`, unit), [group.range]) < 0) return undefined;
  // The last arm is the holdout, where there is one.
  const count = arms.length - (holdout ? 1 : 0);
  const shares = Object.hasOwn(allocations, id) ? allocations[id] : weights;
  const arm = arms[rangeOf(bucketOf(seed, unit), bucketRanges(count, shares, coverage))];
  return arm && holdout && bucketOf(`holdout:${seed}`, unit) < holdout ? arms[count] : arm;
}
