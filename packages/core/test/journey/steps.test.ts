import { describe, expect, test } from "vitest";
import type { Definition, JourneyStep } from "../../src/index.ts";
import { ADDRESS, cartRescue, DAY, done, HOUR, log, runOf } from "./kit.ts";

const X = { count: "X", gte: 1 } as const;

function journey(steps: readonly JourneyStep[], more: object = {}): Definition {
  return { segments: {}, journeys: { j: { enter: X, steps, ...more } } };
}

describe("Y a run goes through its steps, each at its very instant", () => {
  test("Y1 Y3 Y8 the cart rescue of the design", () => {
    const entries = log([ADDRESS, 0], ["Product Added", 1_000]);
    const run = runOf(cartRescue, entries, 3 * DAY);
    expect(done(run)).toEqual([
      ["mail cart-reminder", 1_000 + 2 * HOUR],
      ["hook ads-audience", 1_000 + 2 * HOUR + DAY],
    ]);
    expect(run.running).toEqual([]);
  });

  test("Y6 the goal ends it between two steps", () => {
    const entries = log([ADDRESS, 0], ["Product Added", 1_000], ["Order Completed", 5 * HOUR]);
    expect(done(runOf(cartRescue, entries, 3 * DAY))).toEqual([["mail cart-reminder", 1_000 + 2 * HOUR]]);
  });

  test("Y3 a wait ends at the millisecond", () => {
    const definition = journey([{ wait: "5s" }, { webhook: "a" }, { wait: "1ms" }, { webhook: "b" }]);
    const entries = log(["X", 7]);
    expect(done(runOf(definition, entries, 5_006))).toEqual([]);
    expect(done(runOf(definition, entries, 5_007))).toEqual([["hook a", 5_007]]);
    expect(done(runOf(definition, entries, 5_008))).toHaveLength(2);
  });
});
