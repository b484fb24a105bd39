import { banditWeights } from "../../worker/src/experiments/statistics/bandit-weights.ts";
import { seededRandom } from "../load/seeded-random.ts";

export interface Play {
  /** Conversions fewer than if all had been shown the best variant, in the mean: by the true rates, not the dice. */
  regret: number;
  /** The share that the best variant has at the end. */
  bestShare: number;
}

export interface Game {
  /** The true rates of the variants. */
  rates: readonly number[];
  visitors: number;
  /** After how many visitors shares are computed anew. */
  every: number;
}

/** Shows variants to visitors, each by the shares of the moment; `fixed` ones stay as they were. */
export function play({ rates, visitors, every }: Game, allocation: "fixed" | "bandit", seed: number): Play {
  const random = seededRandom(seed);
  const arms = rates.map(() => ({ exposed: 0, converted: 0 }));
  const best = Math.max(...rates);
  let shares = rates.map(() => 1 / rates.length);
  let regret = 0;
  for (let visitor = 0; visitor < visitors; visitor++) {
    if (allocation === "bandit" && visitor > 0 && visitor % every === 0) shares = banditWeights(arms);
    const at = pick(shares, random.next());
    arms[at]!.exposed++;
    if (random.chance(rates[at]!)) arms[at]!.converted++;
    regret += best - rates[at]!;
  }
  return { regret, bestShare: shares[rates.indexOf(best)]! };
}

function pick(shares: readonly number[], point: number): number {
  let upTo = 0;
  for (const [at, share] of shares.entries()) {
    upTo += share;
    if (point < upTo) return at;
  }
  return shares.length - 1;
}
