/** What a benchmark found, as a table. */
export interface Figures {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** What a reader has to know to read them. */
  notes: readonly string[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that a share of them does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** The duration of a piece of work, ms. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The median of several rounds, after some that only warm up. */
export function medianOf(rounds: number, round: () => number): number {
  for (let warmUp = 0; warmUp < Math.ceil(rounds / 3); warmUp++) round();
  return median(Array.from({ length: rounds }, round));
}

/** As many digits as mean anything. */
export function figure(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));
}
