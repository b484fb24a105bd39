import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import studentQuantile from "@stdlib/stats-base-dists-t-quantile";

/** How many profiles the sequential interval is at its tightest for: GrowthBook's default. */
export const TUNED_FOR = 5_000;

/** How many standard errors an interval of a rate reaches to both sides, for one look at a size that was fixed before. */
export function fixedCriticalValue(alpha: number): number {
  return normalQuantile(1 - alpha / 2, 0, 1);
}

/** The same of a mean of so many profiles, whose variance is an estimate, too: Student's. */
export function studentCriticalValue(alpha: number, profiles: number): number {
  return studentQuantile(1 - alpha / 2, profiles - 1);
}

/**
 * The same for any number of looks: intervals of that reach hold the truth at all times at once, at a rate of 1 - alpha, as
 * profiles grow many. An asymptotic confidence sequence, with the boundary of a normal mixture.
 *
 * I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas (2024), Time-uniform central limit theory and asymptotic
 * confidence sequences, Annals of Statistics 52(6), theorem 2.2 and, for rho, appendix B.2; https://arxiv.org/abs/2103.06476
 */
export function sequentialCriticalValue(alpha: number, profiles: number): number {
  const log = -2 * Math.log(alpha);
  const rho = (log + Math.log(log + 1)) / TUNED_FOR;
  const grown = profiles * rho + 1;
  return Math.sqrt(((2 * grown) / (profiles * rho)) * Math.log(Math.sqrt(grown) / alpha));
}
