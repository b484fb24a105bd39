import type { MetricName } from "./metric.ts";

/**
 * How often something happened, by series: the name of a metric, and with its label's value, `name value`. Of a histogram,
 * a bucket's is `name <= bound`, and `name sum` and `name count` are what they say.
 */
export type Counts = Readonly<Record<string, number>>;

/** What an isolate has counted and not passed on yet. */
export class Tally {
  #counts = new Map<string, number>();

  add(name: MetricName, by: number, label?: string): void {
    if (by !== 0) this.#add(label === undefined ? name : `${name} ${label}`, by);
  }

  /** One value of a histogram: in the first bucket that holds it. */
  observe(name: MetricName, value: number, bounds: readonly number[]): void {
    const bound = bounds.find((bound) => value <= bound);
    if (bound !== undefined) this.#add(`${name} <= ${bound}`, 1);
    this.#add(`${name} sum`, value);
    this.#add(`${name} count`, 1);
  }

  /** Does `work`, all at once; what it counts is not counted where it throws, and so has undone what it did. */
  unlessUndone<Result>(work: () => Result): Result {
    const before = this.#counts;
    this.#counts = new Map();
    let done: Counts | undefined;
    try {
      const result = work();
      done = this.take();
      return result;
    } finally {
      this.#counts = before;
      if (done) this.putBack(done);
    }
  }

  /** Takes out what was counted; none where nothing was. */
  take(): Counts | undefined {
    if (this.#counts.size === 0) return undefined;
    const counts = Object.fromEntries(this.#counts);
    this.#counts = new Map();
    return counts;
  }

  /** Puts back what was taken out, as what could not be passed on. */
  putBack(counts: Counts): void {
    for (const [series, by] of Object.entries(counts)) this.#add(series, by);
  }

  #add(series: string, by: number): void {
    this.#counts.set(series, (this.#counts.get(series) ?? 0) + by);
  }
}

/** All of them together. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum = new Tally();
  for (const counts of all) sum.putBack(counts);
  return sum.take() ?? {};
}
