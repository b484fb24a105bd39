import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bucketOf, bucketRanges, rangeOf, type BucketRange } from "../src/index.ts";

type Cases = {
  hash: [seed: string, value: string, version: number, expected: number][];
  getBucketRange: [string, [number, number, number[] | null], BucketRange[]][];
  chooseVariation: [string, number, BucketRange[], number][];
};

const file = new URL("vectors/growthbook-bucketing.json", import.meta.url);
const { hash, getBucketRange, chooseVariation } = JSON.parse(readFileSync(file, "utf8")) as Cases;

/** As the cases have them. */
function rounded(ranges: readonly BucketRange[]): number[][] {
  return ranges.map((ends) => ends.map((end) => Math.round(end * 1e6) / 1e6));
}

describe("A1 A2 GrowthBook's published bucketing", () => {
  test.for(hash)("A1 the bucket under %j of %j", ([seed, value, , expected]) => {
    expect(bucketOf(seed, value)).toBe(expected);
  });

  test.for(getBucketRange)("A2 ranges: %s", ([, [count, coverage, weights], expected]) => {
    expect(rounded(bucketRanges(count, weights ?? undefined, coverage))).toEqual(rounded(expected));
  });

  test.for(chooseVariation)("A2 the variant: %s", ([, bucket, ranges, expected]) => {
    expect(rangeOf(bucket, ranges)).toBe(expected);
  });

  test("A1 deals evenly, and anew under another seed", () => {
    const units = Array.from({ length: 20_000 }, (_none, at) => `unit-${at}`);
    const counts = new Map<string, number>();
    for (const unit of units) {
      const key = ["x", "y"].map((seed) => Math.floor(bucketOf(seed, unit) * 4)).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(16);
    // 1,250 each, and 5 standard deviations.
    for (const count of counts.values()) expect(Math.abs(count - 1_250)).toBeLessThan(5 * Math.sqrt(1_172));
  });

  test("A2 nothing that is left over by rounding is nobody's", () => {
    for (const weights of [[0.1, 0.2, 0.7], [1 / 3, 1 / 3, 1 / 3], undefined])
      expect(rangeOf(0.9999, bucketRanges(3, weights))).toBe(2);
  });
});
