import fc from "fast-check";
import type { Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import {
  contributionsAfter,
  contributionsOf,
  type KeptContribution,
} from "../src/experiments/contribution.ts";
import { countingOf } from "../src/experiments/experiment.ts";
import { contributionsByTheBook, EXPERIMENTS, logs } from "./kit/experiment-log.ts";

const T = 1_790_000_000_000;
const counting = countingOf(EXPERIMENTS);

function plain(contributions: readonly KeptContribution[]): object[] {
  return contributions
    .map(({ goal: _goal, exposure: _exposure, ...rest }) => ({ ...rest, value: Number(rest.value) }))
    .sort((a, b) => (a.experiment > b.experiment ? -1 : 1));
}

/** As a profile does: only the gain is looked at, unless more is asked for. */
function byAndBy(
  batches: readonly (readonly Entry[])[],
  folded: KeptContribution[] = [],
): KeptContribution[] {
  const log: Entry[] = [];
  let contributions: KeptContribution[] = folded;
  for (const batch of batches) {
    log.push(...batch);
    contributions =
      contributionsAfter(counting, contributions, batch) ?? contributionsOf(counting, log, folded);
  }
  return contributions;
}

function shown(variant: string, at: number, id = `shown-${at}`): Entry {
  return {
    type: "event",
    id,
    name: "Experiment Viewed",
    timestamp: T + at,
    properties: { experiment_id: "hero", variation_id: variant },
  };
}

function ordered(total: number, at: number): Entry {
  return {
    type: "event",
    id: `ordered-${at}-${total}`,
    name: "Order Completed",
    timestamp: T + at,
    properties: { total },
  };
}

describe("what a profile contributes", () => {
  test("is what the book says, whatever the log", () => {
    fc.assert(
      fc.property(logs, (log) => {
        expect(plain(contributionsOf(counting, log))).toEqual(contributionsByTheBook(log));
      }),
      { numRuns: 500 },
    );
  });

  test("is the same however the log arrives: in any order, in any batches", () => {
    const arrivals = logs.chain((log) =>
      fc.tuple(
        fc.shuffledSubarray(log, { minLength: log.length }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 31, maxLength: 31 }),
      ),
    );
    fc.assert(
      fc.property(arrivals, ([log, sizes]) => {
        let at = 0;
        const batches = sizes.map((size) => log.slice(at, (at += size)));
        expect(plain(byAndBy(batches))).toEqual(contributionsByTheBook(log));
      }),
      { numRuns: 500 },
    );
  });

  test("is the same when the oldest was folded away", () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 0, max: 20 }), (log, cut) => {
        const isOld = ({ timestamp }: Entry): boolean => timestamp <= T + cut * 10_000;
        const folded = contributionsOf(counting, log.filter(isOld));
        const rest = log.filter((entry) => !isOld(entry));
        expect(plain(contributionsOf(counting, rest, folded))).toEqual(contributionsByTheBook(log));
        expect(
          plain(
            byAndBy(
              rest.map((entry) => [entry]),
              folded,
            ),
          ),
        ).toEqual(contributionsByTheBook(log));
      }),
      { numRuns: 500 },
    );
  });

  test("is of the earliest exposure, of two at one instant the one with the lower id", () => {
    const log = [shown("bold", 5, "b"), ordered(10, 6), shown("control", 5, "a")];
    expect(plain(byAndBy(log.map((entry) => [entry])))).toMatchObject([
      { variant: "control", conversions: 1 },
    ]);
  });

  test("counts nothing before the exposure", () => {
    expect(plain(byAndBy([[ordered(10, 1)], [shown("bold", 5)], [ordered(20, 6)]]))).toMatchObject([
      { conversions: 1, value: 200_000 },
    ]);
  });

  test("adds up exactly, as sums of segments do", () => {
    const dimes = Array.from({ length: 10 }, (_, at) => ordered(0.1, 10 + at));
    const huge = ordered(9e14, 30);
    const [contribution] = byAndBy([[shown("bold", 5)], ...dimes.map((dime) => [dime]), [huge]]);
    expect(BigInt(contribution!.value)).toBe(9_000_000_000_000_010_000n);
  });

  test("of another goal keeps the exposure of what was folded, and forgets what it counted", () => {
    const folded = contributionsOf(counting, [shown("bold", 5), ordered(10, 6)]);
    const another = countingOf({ hero: { ...EXPERIMENTS["hero"]!, goal: { event: "Signed Up" } } });
    expect(contributionsOf(another, [], folded)).toMatchObject([
      { variant: "bold", exposedAt: T + 5, conversions: 0, value: 0 },
    ]);
    expect(contributionsOf(countingOf({}), [], folded)).toEqual([]);
  });
});
