import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/load/seeded-random.ts";
import { fixedCriticalValue, sequentialCriticalValue } from "../src/experiments/statistics/critical-value.ts";
import { rateLift } from "../src/experiments/statistics/lift.ts";
import { probabilityBest } from "../src/experiments/statistics/probability-best.ts";
import { sampleRatio } from "../src/experiments/statistics/sample-ratio.ts";
import { wilsonInterval } from "../src/experiments/statistics/wilson-interval.ts";

const Z = fixedCriticalValue(0.05);
const arm = (exposed: number, converted: number) => ({ exposed, converted });

/** ln(n!) term by term. */
function lnFactorial(n: number): number {
  let sum = 0;
  for (let each = 2; each <= n; each++) sum += Math.log(each);
  return sum;
}

/** ln B(a, b) of whole numbers. */
const lnBeta = (a: number, b: number): number =>
  lnFactorial(a - 1) + lnFactorial(b - 1) - lnFactorial(a + b - 1);

/** P(B > A) in closed form, of whole parameters: https://www.evanmiller.org/bayesian-ab-testing.html, equation 5. */
function closedForm(one: [number, number], other: [number, number]): number {
  const [a, b, c, d] = [1 + one[1], 1 + one[0] - one[1], 1 + other[1], 1 + other[0] - other[1]];
  let sum = 0;
  for (let i = 0; i < c; i++)
    sum += Math.exp(lnBeta(a + i, b + d) - Math.log(d + i) - lnBeta(1 + i, d) - lnBeta(a, b));
  return sum;
}

describe("the probability to be best", () => {
  test.each([
    [1, 0, 1, 0],
    [10, 10, 10, 9],
    [100, 0, 50, 1],
    [1_000, 100, 1_000, 110],
    [20, 1, 3_000, 200],
    [3_000, 3_000, 10, 9],
    [2_000, 1_000, 2_100, 1_010],
  ])("of %i exposed and %i converted against %i and %i is the closed form", (n, x, m, y) => {
    const [, best] = probabilityBest([arm(n, x), arm(m, y)]);
    expect(best).toBeCloseTo(closedForm([n, x], [m, y]), 5);
  });

  test("of many variants is the share of draws in which each leads", () => {
    const arms = [arm(40, 4), arm(60, 9), arm(20, 3), arm(30, 1)];
    const random = seededRandom(6);
    // Beta(a, b) of whole numbers is the a-th smallest of a + b - 1 uniform numbers.
    const draw = ({ exposed, converted }: { exposed: number; converted: number }): number =>
      Array.from({ length: exposed + 1 }, random.next).sort((a, b) => a - b)[converted]!;
    const draws = 20_000;
    const leads = arms.map(() => 0);
    for (let time = 0; time < draws; time++) {
      const rates = arms.map(draw);
      leads[rates.indexOf(Math.max(...rates))]!++;
    }
    for (const [at, best] of probabilityBest(arms).entries())
      expect(Math.abs(best - leads[at]! / draws)).toBeLessThan(4 * Math.sqrt((best * (1 - best)) / draws));
  });

  test("is always the same, comes to 1, and knows nothing before there are data", () => {
    const arms = [arm(1_000_000, 20_000), arm(500, 3), arm(0, 0), arm(7, 7)];
    expect(probabilityBest(arms)).toEqual(probabilityBest(arms));
    expect(probabilityBest(arms).reduce((sum, each) => sum + each)).toBeCloseTo(1, 12);
    for (const each of probabilityBest([arm(0, 0), arm(0, 0), arm(0, 0)])) expect(each).toBeCloseTo(1 / 3, 9);
  });
});

describe("the sample ratio", () => {
  // Fabijan et al. (2019), section 1: 821,588 and 815,482 for an even split.
  test("calls a split broken that looks even to the eye", () => {
    expect(sampleRatio([821_588, 815_482], [0.5, 0.5])).toBeCloseTo(1.8e-6, 7);
  });

  // R: chisq.test(c(4980, 5210, 9810), p = c(0.25, 0.25, 0.5))$p.value
  test.each([
    [[5_000, 5_200], [0.5, 0.5], 0.04767],
    [[10, 10], [0.5, 0.5], 1],
    [[30, 14, 34, 45, 57, 20], [0.2, 0.3, 0.2, 0.15, 0.1, 0.05], 0],
  ])("of %j by %j has p = %f", (exposed, weights, p) => {
    expect(sampleRatio(exposed, weights)).toBeCloseTo(p, 4);
  });

  test("waits until it can hold, and heeds only what has a weight", () => {
    expect(sampleRatio([0, 9], [0.5, 0.5])).toBeUndefined();
    expect(sampleRatio([50, 50, 0], [0.5, 0.5, 0])).toBe(1);
    expect(sampleRatio([50, 50, 1], [0.5, 0.5, 0])).toBe(0);
    expect(sampleRatio([50, 0], [1, 0])).toBeUndefined();
  });
});

describe("intervals", () => {
  // Newcombe (1998), Stat Med 17, 857–872, table I: Wilson's score without continuity correction.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i in %i are Wilson's", (converted, exposed, lower, upper) => {
    const interval = wilsonInterval({ exposed, converted }, Z);
    expect(interval[0]).toBeCloseTo(lower, 4);
    expect(interval[1]).toBeCloseTo(upper, 4);
  });

  test("of a lift hold at the ends: nobody, everybody", () => {
    expect(rateLift(arm(100, 0), arm(100, 3), Z)).toBeUndefined();
    expect(rateLift(arm(0, 0), arm(100, 3), Z)).toBeUndefined();
    expect(rateLift(arm(100, 5), arm(100, 0), Z)).toMatchObject({
      value: -1,
      interval: [-1, expect.any(Number)],
    });
    const all = rateLift(arm(50, 50), arm(60, 60), Z)!;
    expect(all.value).toBe(0);
    expect(all.interval[0]).toBeLessThan(0);
    expect(all.interval[1]).toBeGreaterThan(0);
  });

  test("of few are wide and of many are narrow, and those for any number of looks are wider", () => {
    const widths = [100, 10_000, 1_000_000].map((exposed) => {
      const { interval } = rateLift(arm(exposed, exposed / 10), arm(exposed, exposed / 10), Z)!;
      return interval[1] - interval[0];
    });
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    for (const profiles of [2, 100, 5_000, 1e6, 1e9])
      expect(sequentialCriticalValue(0.05, profiles)).toBeGreaterThan(2.9);
  });
});
