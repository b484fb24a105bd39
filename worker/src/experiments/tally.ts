import type { Arm, Worth } from "./statistics/arm.ts";

/** What the profiles of a variant come to. */
export interface Tally {
  experiment: string;
  variant: string;
  /** Profiles that were shown it. */
  exposed: number;
  /** Of those, the ones that converted, once or more often. */
  converted: number;
  conversions: number;
  /** The sum of what each profile's conversions are worth, in units of 1/10000: a whole number, as its digits. */
  value: string;
  /** The sum of the squares of it, in the square of that unit. */
  squares: string;
}

const UNITS = 1e4;

export function emptyTally(experiment: string, variant: string): Tally {
  return { experiment, variant, exposed: 0, converted: 0, conversions: 0, value: "0", squares: "0" };
}

/** One tally and another of the same variant. */
export function addTallies(one: Tally, other: Tally): Tally {
  return {
    ...one,
    exposed: one.exposed + other.exposed,
    converted: one.converted + other.converted,
    conversions: one.conversions + other.conversions,
    value: String(BigInt(one.value) + BigInt(other.value)),
    squares: String(BigInt(one.squares) + BigInt(other.squares)),
  };
}

export function armOf({ exposed, converted }: Tally): Arm {
  return { exposed, converted };
}

/** The mean and the variance are rounded once, at the end: sums of squares would else lose what is small beside them. */
export function worthOf({ exposed, value, squares }: Tally): Worth {
  const [profiles, sum] = [BigInt(exposed), BigInt(value)];
  const spread = profiles * BigInt(squares) - sum * sum;
  const variance = exposed > 1 ? Number(spread) / (exposed * (exposed - 1)) / UNITS ** 2 : 0;
  return { profiles: exposed, mean: exposed > 0 ? Number(sum) / (exposed * UNITS) : 0, variance };
}
