import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rfm } from "../../src/index.ts";
import type { EventEntry } from "../../src/index.ts";
import { DAY } from "../kit/entries.ts";
import { follow } from "./follow.ts";
import { histories } from "./histories.ts";

const numRuns = Number(process.env["MURMUR_RUNS"] ?? 300);
const timeout = Math.max(20_000, numRuns * 100);

/** The grid of the docs: a row for each recency from 5 to 1, a column for each frequency from 1 to 5. */
const GRID = [
  ["new-customer", "potential-loyalist", "potential-loyalist", "champion", "champion"],
  ["promising", "potential-loyalist", "potential-loyalist", "loyal", "loyal"],
  ["about-to-sleep", "about-to-sleep", "needs-attention", "loyal", "loyal"],
  ["hibernating", "hibernating", "at-risk", "at-risk", "cannot-lose"],
  ["lost", "lost", "at-risk", "at-risk", "cannot-lose"],
];

/** How many of the bounds a value has reached. */
function reached(value: number, bounds: readonly number[]): number {
  return bounds.filter((bound) => value >= bound).length;
}

function expected(taken: readonly EventEntry[], now: number, window: number): string[] {
  const orders = taken.filter(({ name }) => name === "Order Completed");
  const last = orders.at(-1);
  if (!last) return [];
  const inside = orders.filter(({ timestamp }) => timestamp > now - window);
  const tenThousandths = inside.map(({ properties }) => {
    const total = properties!["total"] as number;
    return Math.sign(total) * Math.round(Math.abs(total) * 10_000);
  });
  const spent = tenThousandths.reduce((sum, each) => sum + each, 0) / 10_000;
  const recency = 5 - reached((now - last.timestamp) / DAY, [30, 60, 120, 240]);
  const frequency = 1 + reached(inside.length, [2, 3, 5, 8]);
  const monetary = 1 + reached(spent, [50, 150, 400, 1000]);
  const cell = GRID[5 - recency]![frequency - 1]!;
  return [`recency-${recency}`, `frequency-${frequency}`, `monetary-${monetary}`, cell]
    .map((id) => `rfm-${id}`)
    .sort();
}

describe("rfm", () => {
  test.for([
    ["of the whole log", rfm(), Infinity],
    ["of a year", rfm({ within: "365d" }), 365 * DAY],
  ] as const)(
    "U7 U8 U9 %s has every buyer in exactly one of each score and one cell, and nobody else in any",
    { timeout },
    ([, preset, window]) => {
      const history = histories(["Order Completed", "Order Completed", "Order Completed", "Page Viewed"]);
      fc.assert(
        fc.property(history, (history) => {
          follow(preset, history, (profile, taken) =>
            expect(profile.segments()).toEqual(expected(taken, profile.clock!, window)),
          );
        }),
        { numRuns },
      );
    },
  );

  test("U3 U8 has every buyer in exactly one of each where bounds are equal", { timeout }, () => {
    const preset = rfm({
      recency: ["1d", "1d", "30d", "30d"],
      frequency: [1, 1, 1, 4],
      monetary: [0, 0, 0, 0],
    });
    fc.assert(
      fc.property(histories(["Order Completed"]), (history) => {
        follow(preset, history, (profile) => {
          const ids = profile.segments();
          for (const dimension of ["recency", "frequency", "monetary"])
            expect(ids.filter((id) => id.startsWith(`rfm-${dimension}-`))).toHaveLength(1);
          expect(ids).toHaveLength(4);
        });
      }),
      { numRuns },
    );
  });
});
