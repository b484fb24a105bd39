import { describe, expect, test } from "vitest";
import { seededRandom } from "../load/seeded-random.ts";
import type { Experiment } from "../../worker/src/experiments/experiment.ts";
import { resultOf } from "../../worker/src/experiments/results.ts";
import {
  fixedCriticalValue,
  studentCriticalValue,
} from "../../worker/src/experiments/statistics/critical-value.ts";
import { rateLift, valueLift } from "../../worker/src/experiments/statistics/lift.ts";
import { armOf, worthOf, type Tally } from "../../worker/src/experiments/tally.ts";
import { verdictOf } from "../../worker/src/experiments/verdict.ts";
import { binomial } from "./binomial.ts";
import { tallied, talliedWorth } from "./tallied.ts";

// What docs/experiments.md promises, held by seeded simulations of whole experiments.

const EXPERIMENTS = 1_000;
const Z = fixedCriticalValue(0.05);

/** The furthest that a share of a rate comes by chance in so many tries, once in 1,000 such tests. */
const tolerance = (rate: number, tries: number): number => 3.3 * Math.sqrt((rate * (1 - rate)) / tries);

const experiment = (variants: number): Experiment => ({
  variants: Array.from({ length: variants }, (_, at) => ({ id: `v${at}` })),
  goal: { event: "Order Completed" },
});

const rulesOutNone = (tallies: readonly Tally[]): boolean => {
  const { interval } = rateLift(armOf(tallies[0]!), armOf(tallies[1]!), Z) ?? {};
  return interval !== undefined && (interval[0] > 0 || interval[1] < 0);
};

/** What an experiment without any difference looks like at each of its looks: profiles arrive and convert by the dice. */
function* looks(seed: number, variants: number, rate: number): Generator<Tally[]> {
  const random = seededRandom(seed);
  const counts = Array.from({ length: variants }, () => ({ exposed: 0, converted: 0 }));
  for (let look = 1; look <= 40; look++) {
    for (let each = 0; each < 400; each++) {
      const count = counts[Math.floor(random.next() * variants)]!;
      count.exposed++;
      if (random.chance(rate)) count.converted++;
    }
    yield counts.map(({ exposed, converted }, at) => tallied(`v${at}`, exposed, converted));
  }
}

describe("of 1,000 experiments without any difference", () => {
  test.each([
    [2, 0.02],
    [2, 0.1],
    [2, 0.5],
    [4, 0.1],
  ])(
    "with %i variants at a rate of %f, no more than 1 in 20 is ever given a winner, at any of 40 looks",
    (variants, rate) => {
      let [winners, broken, fixed, peeked] = [0, 0, 0, 0];
      for (let seed = 0; seed < EXPERIMENTS; seed++) {
        let [hasWon, wouldHave, last] = [false, false, [] as Tally[]];
        for (const tallies of looks(seed * 7_919 + variants, variants, rate)) {
          const contenders = tallies.map((tally) => ({ id: tally.variant, arm: armOf(tally) }));
          hasWon ||= verdictOf(contenders).winner !== null;
          wouldHave ||= rulesOutNone(tallies);
          last = tallies;
        }
        winners += Number(hasWon);
        peeked += Number(wouldHave);
        fixed += Number(rulesOutNone(last));
        broken += Number(resultOf("hero", experiment(variants), last).sampleRatio.result === "broken");
      }
      expect(winners / EXPERIMENTS).toBeLessThanOrEqual(0.05 + tolerance(0.05, EXPERIMENTS));
      expect(broken / EXPERIMENTS).toBeLessThanOrEqual(0.001 + tolerance(0.001, EXPERIMENTS));
      // The interval for one look keeps its rate at the last one, and only there.
      expect(Math.abs(fixed / EXPERIMENTS - 0.05)).toBeLessThanOrEqual(tolerance(0.05, EXPERIMENTS));
      expect(peeked / EXPERIMENTS).toBeGreaterThan(0.15);
    },
  );
});

test("a difference that is there is found", () => {
  let found = 0;
  for (let seed = 0; seed < 200; seed++) {
    const random = seededRandom(seed);
    const tallies = [0.1, 0.12].map((rate, at) => tallied(`v${at}`, 20_000, binomial(random, 20_000, rate)));
    const { winner } = resultOf("hero", experiment(2), tallies);
    expect(winner).not.toBe("v0");
    found += Number(winner === "v1");
  }
  expect(found).toBeGreaterThan(190);
});

describe("intervals hold the truth at 95 %", () => {
  const TRIES = 2_000;
  const grid = [0.02, 0.1, 0.4].flatMap((rate) =>
    [0.75, 1, 1.2, 2].flatMap((ratio) => [500, 3_000, 50_000].map((size) => [rate, ratio, size] as const)),
  );

  test("of the lift in rate, over a grid of rates, lifts and sizes", () => {
    const covered = grid.map(([rate, ratio, size], cell) => {
      const random = seededRandom(cell);
      let covers = 0;
      for (let time = 0; time < TRIES; time++) {
        const control = tallied("v0", size, binomial(random, size, rate));
        const other = tallied("v1", size * 2, binomial(random, size * 2, rate * ratio));
        // Of a control that never converted nothing is said, so nothing wrong.
        const [lower, upper] = rateLift(armOf(control), armOf(other), Z)?.interval ?? [-1, Infinity];
        covers += Number(lower <= ratio - 1 && ratio - 1 <= upper);
      }
      return covers / TRIES;
    });
    for (const share of covered) expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(tolerance(0.05, TRIES));
    const mean = covered.reduce((sum, share) => sum + share) / covered.length;
    expect(Math.abs(mean - 0.95)).toBeLessThanOrEqual(0.004);
  });

  test("of the lift in value per profile, most of which are worth nothing", () => {
    for (const [cell, [rate, ratio]] of [
      [0.3, 1],
      [0.3, 1.5],
      [0.1, 1.2],
    ].entries()) {
      const random = seededRandom(cell);
      // An order's value is exponential, 40 on average.
      const worths = (mean: number): number[] =>
        Array.from({ length: 2_000 }, () =>
          random.chance(rate!) ? Math.ceil(-Math.log(1 - random.next()) * mean * 1e4) : 0,
        );
      let covers = 0;
      const tries = 400;
      for (let time = 0; time < tries; time++) {
        const [control, other] = [worths(40), worths(40 * ratio!)].map((each, at) =>
          worthOf(talliedWorth(`v${at}`, each)),
        );
        const { interval } = valueLift(control!, other!, (profiles) => studentCriticalValue(0.05, profiles))!;
        covers += Number(interval[0] <= ratio! - 1 && ratio! - 1 <= interval[1]);
      }
      expect(Math.abs(covers / tries - 0.95)).toBeLessThanOrEqual(tolerance(0.05, tries));
    }
  });
});
