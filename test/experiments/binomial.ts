import type { SeededRandom } from "../load/seeded-random.ts";

/** How many of so many tries succeed: by the normal approximation where it is close. */
export function binomial({ next, chance }: SeededRandom, tries: number, rate: number): number {
  const spread = Math.sqrt(tries * rate * (1 - rate));
  if (spread > 10) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    return Math.min(tries, Math.max(0, Math.round(tries * rate + spread * normal)));
  }
  let successes = 0;
  for (let each = 0; each < tries; each++) if (chance(rate)) successes++;
  return successes;
}
