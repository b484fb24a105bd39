import { play, type Game } from "../experiments/play-bandit.ts";
import { figure, percentile, type Figures } from "./figures.ts";

const RUNS = 40;
const GAMES: readonly Game[] = [
  { rates: [0.05, 0.055], visitors: 20_000, every: 200 },
  { rates: [0.05, 0.06], visitors: 20_000, every: 200 },
  { rates: [0.05, 0.08], visitors: 20_000, every: 200 },
  { rates: [0.05, 0.055, 0.06, 0.07], visitors: 20_000, every: 200 },
  { rates: [0.02, 0.03], visitors: 20_000, every: 2_000 },
];

/** What a bandit loses to the best variant, and what fixed weights lose. */
export function bandit(): Figures {
  return {
    title:
      "A bandit's regret against fixed weights: conversions lost to the best variant, in 20,000 visitors",
    columns: [
      "true rates",
      "shares anew every",
      "fixed",
      "bandit, mean",
      "worst of 20",
      "ratio",
      "best's share at the end",
    ],
    rows: GAMES.map((game) => {
      const [fixed, played] = (["fixed", "bandit"] as const).map((allocation) =>
        Array.from({ length: RUNS }, (_, seed) => play(game, allocation, seed)),
      );
      const mean = (numbers: readonly number[]): number =>
        numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
      const regrets = played!.map(({ regret }) => regret);
      const lost = mean(fixed!.map(({ regret }) => regret));
      return [
        game.rates.map((rate) => `${figure(rate * 100)}%`).join(" "),
        figure(game.every),
        figure(lost),
        figure(mean(regrets)),
        figure(percentile(regrets, 0.95)),
        `${(mean(regrets) / lost).toFixed(2)}×`,
        `${Math.round(mean(played!.map(({ bestShare }) => bestShare)) * 100)}%`,
      ];
    }),
    notes: [
      `${RUNS} seeded runs each; regret by the true rates, not by the dice`,
      "a tenth of the traffic is always divided evenly",
    ],
  };
}
