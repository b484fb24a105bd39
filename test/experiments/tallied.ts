import { emptyTally, type Tally } from "../../worker/src/experiments/tally.ts";

/** A tally of profiles that each converted once at most, and are worth nothing. */
export function tallied(variant: string, exposed: number, converted: number): Tally {
  return { ...emptyTally("hero", variant), exposed, converted, conversions: converted };
}

/** A tally of profiles that are worth so much each, in whole units of 1/10000; those that are worth 0 did not convert. */
export function talliedWorth(variant: string, worths: readonly number[]): Tally {
  const converted = worths.filter((worth) => worth > 0).length;
  const sum = (of: (worth: bigint) => bigint): string =>
    String(worths.reduce((total, worth) => total + of(BigInt(worth)), 0n));
  return {
    ...tallied(variant, worths.length, converted),
    value: sum((worth) => worth),
    squares: sum((worth) => worth * worth),
  };
}
