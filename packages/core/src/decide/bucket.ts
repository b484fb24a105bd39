import { FNV_BASIS, fnv1a32 } from "../definition/hash.ts";

/** A stretch of the buckets: from, included, to, not included. */
export type BucketRange = readonly [from: number, to: number];

/**
 * The bucket of a value: one of 10,000 from 0 to 0.9999, evenly dealt, another for each seed. GrowthBook's hash of version 2
 * (https://docs.growthbook.io/lib/build-your-own).
 */
export function bucketOf(seed: string, value: string): number {
  return (hash(String(hash(seed + value))) % 10_000) / 10_000;
}

function hash(text: string): number {
  return fnv1a32(text, FNV_BASIS);
}

/** The buckets of each of so many variants; weights that are not one for each, or do not come to 1, count as equal ones. */
export function bucketRanges(count: number, weights: readonly number[] = [], coverage = 1): BucketRange[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sound = weights.length === count && total >= 0.99 && total <= 1.01;
  const share = Math.min(1, Math.max(0, coverage));
  let from = 0;
  return Array.from({ length: count }, (_none, at): BucketRange => {
    const start = from;
    const weight = sound ? weights[at]! : 1 / count;
    from += weight;
    return [start, start + share * weight];
  });
}

/** Position of the range in which a bucket lies; -1 when it is in none. */
export function rangeOf(bucket: number, ranges: readonly BucketRange[]): number {
  return ranges.findIndex(([from, to]) => bucket >= from && bucket < to);
}
