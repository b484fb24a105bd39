import { armsOf, HOLDOUT, type ExperimentDefinition } from "../definition/experiment.ts";
import { AUDIENCE, ELSEWHERE, experimentKey, FIRST_ARM } from "../definition/lower.ts";
import { bucketOf, bucketRanges, rangeOf } from "./bucket.ts";

/** Shares of an experiment's variants, in their order, in place of its weights: what a bandit has come to. */
export type Allocations = Readonly<Record<string, readonly number[]>>;

/** Who is asked for, and what is known of them. */
export interface Subject {
  /** Whether a condition that decisions ask for holds. */
  holds: (key: string, at: number) => boolean;
  /** What is hashed: the customer's id when there is one, else the device's. */
  unit: string | undefined;
  allocations: Allocations | undefined;
}

/** The variant of an experiment that is for a profile, or `holdout`; nothing when the profile takes no part in it. */
export function assign(
  id: string,
  experiment: ExperimentDefinition,
  { holds, unit, allocations = {} }: Subject,
): string | undefined {
  const key = experimentKey(id);
  if (!holds(key, AUDIENCE) || holds(key, ELSEWHERE)) return undefined;
  // Once exposed, always so: whatever has become of weights, ranges, or the profile's id.
  const exposed = armsOf(experiment).find((_arm, at) => holds(key, FIRST_ARM + at));
  if (exposed !== undefined || unit === undefined) return exposed;
  const { seed = id, group, coverage, holdout = 0, variants } = experiment;
  if (group && rangeOf(bucketOf(`group:${group.name}`, unit), [group.range]) < 0) return undefined;
  const weights = Object.hasOwn(allocations, id)
    ? allocations[id]
    : variants.map(({ weight = NaN }) => weight);
  const variant = variants[rangeOf(bucketOf(seed, unit), bucketRanges(variants.length, weights, coverage))];
  return variant && (bucketOf(`holdout:${seed}`, unit) < holdout ? HOLDOUT : variant.id);
}
