import betaBelow from "@stdlib/stats-base-dists-beta-cdf";
import betaLogDensity from "@stdlib/stats-base-dists-beta-logpdf";
import type { Arm } from "./arm.ts";

/** What is known of a rate: a beta distribution, from a uniform prior. */
interface Posterior {
  alpha: number;
  beta: number;
}

/** Where a posterior is looked at, in standard deviations from its mean: closely in the middle, far out where it is skewed. */
const AT = [-8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12, 20, 40];
/** Into how many a stretch between two of those is cut: even, as Simpson's rule has it. */
const CUTS = 8;

/**
 * The probability of each variant that its rate is the highest: of independent Beta(1 + converted, 1 + not converted), the
 * integral of its density times the others' distributions. By Simpson's rule, so that the same counts always give the same
 * answer; to about five digits.
 *
 * For what it integrates: S. L. Scott (2010), A modern Bayesian look at the multi-armed bandit, Appl. Stochastic Models Bus.
 * Ind. 26(6), 639–658, equation 2; https://doi.org/10.1002/asmb.874
 */
export function probabilityBest(arms: readonly Arm[]): number[] {
  const posteriors = arms.map(({ exposed, converted }) => ({
    alpha: 1 + converted,
    beta: 1 + exposed - converted,
  }));
  const masses = posteriors.map(() => 0);
  const stretches = breaks(posteriors);
  for (const [at, from] of stretches.slice(0, -1).entries()) {
    const step = (stretches[at + 1]! - from) / CUTS;
    for (let cut = 0; cut <= CUTS; cut++) {
      const factor = (step / 3) * (cut === 0 || cut === CUTS ? 1 : cut % 2 === 1 ? 4 : 2);
      leading(posteriors, from + step * cut).forEach((density, arm) => {
        masses[arm]! += factor * density;
      });
    }
  }
  const whole = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / whole);
}

/** Of each posterior, the density at a rate times the probability that all others are below it. */
function leading(posteriors: readonly Posterior[], rate: number): number[] {
  const below = posteriors.map(({ alpha, beta }) => betaBelow(rate, alpha, beta));
  return posteriors.map(({ alpha, beta }, arm) =>
    below.reduce(
      (product, each, other) => (other === arm ? product : product * each),
      density(rate, alpha, beta),
    ),
  );
}

/** At the ends, where the logarithm of the density is not a number, a density that is there has 1 as its parameter. */
function density(rate: number, alpha: number, beta: number): number {
  if (rate === 0) return alpha === 1 ? beta : 0;
  if (rate === 1) return beta === 1 ? alpha : 0;
  return Math.exp(betaLogDensity(rate, alpha, beta));
}

/** The rates between which no posterior bends much, ascending, from 0 to 1. */
function breaks(posteriors: readonly Posterior[]): number[] {
  const inner = posteriors.flatMap(({ alpha, beta }) => {
    const all = alpha + beta;
    const mean = alpha / all;
    const deviation = Math.sqrt((mean * (1 - mean)) / (all + 1));
    // Skewed towards the middle, whichever side that is.
    const towards = mean > 0.5 ? -1 : 1;
    return AT.map((times) => mean + towards * times * deviation);
  });
  const within = inner.filter((rate) => rate > 0 && rate < 1);
  return [...new Set([0, ...within, 1])].sort((a, b) => a - b);
}
