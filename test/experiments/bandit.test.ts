import { describe, expect, test } from "vitest";
import { play, type Game, type Play } from "./play-bandit.ts";

const RUNS = 30;

const runs = (game: Game, allocation: "fixed" | "bandit"): Play[] =>
  Array.from({ length: RUNS }, (_, seed) => play(game, allocation, seed + 1));

const mean = (plays: readonly Play[], of: keyof Play): number =>
  plays.reduce((sum, each) => sum + each[of], 0) / plays.length;

describe("a bandit", () => {
  test.each([
    { rates: [0.05, 0.08], visitors: 12_000, every: 200 },
    { rates: [0.05, 0.06, 0.09], visitors: 15_000, every: 300 },
    { rates: [0.5, 0.4], visitors: 4_000, every: 100 },
  ])("comes to the best variant, and loses less than half of what fixed weights do: %j", (game) => {
    const plays = runs(game, "bandit");
    const found = plays.filter(({ bestShare }) => bestShare > 0.8).length;
    expect(found).toBeGreaterThanOrEqual(RUNS - 2);
    expect(mean(plays, "regret")).toBeLessThan(mean(runs(game, "fixed"), "regret") / 2);
  });

  test("loses nothing where there is nothing to lose, and gives no variant up", () => {
    for (const { regret, bestShare } of runs({ rates: [0.1, 0.1], visitors: 3_000, every: 300 }, "bandit")) {
      expect(regret).toBe(0);
      expect(bestShare).toBeGreaterThanOrEqual(0.05);
      expect(bestShare).toBeLessThanOrEqual(0.95);
    }
  });
});
