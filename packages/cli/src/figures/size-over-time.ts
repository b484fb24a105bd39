import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1970 began on a Thursday, and weeks do on Mondays. */
const TO_MONDAY = 3 * DAY;

/** Lengths that a bucket may have, ms: each is a multiple of the one before it. */
const WIDTHS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY, 28 * DAY, 364 * DAY];
/** More than a chart has room for. */
const MOST_BUCKETS = 800;

/** How often something happened in each bucket, by the bucket's number. */
type Counts = Map<number, number>;

/** Of one segment, for each bucket: how many came and went, and how many were in it at its end. */
export interface SizeSeries {
  sizes: number[];
  entered: number[];
  exited: number[];
}

export interface SizesOverTime {
  /** Length of a bucket, ms. */
  width: number;
  /** The instants at which the buckets begin, ms UTC: midnights where they are days, Mondays where they are weeks. */
  starts: number[];
  /** People seen by the end of each. */
  people: number[];
  segments: SizeSeries[];
}

/**
 * Who came and went, in equal buckets of time as narrow as lets there be at most 800 of them: an hour's events are told by
 * minutes, a year's by days. The buckets merge as the time that they span grows.
 */
export class SizeOverTime implements Watcher {
  #width = 0;
  #first = Infinity;
  #last = -Infinity;
  readonly #seen: Counts = new Map();
  readonly #entered: readonly Counts[];
  readonly #exited: readonly Counts[];

  constructor(segments: number) {
    this.#entered = Array.from({ length: segments }, () => new Map());
    this.#exited = Array.from({ length: segments }, () => new Map());
  }

  begin(_member: Member, at: number): void {
    count(this.#seen, this.#bucketAt(at));
  }

  change(_member: Member, segment: number, entered: boolean, at: number): void {
    count((entered ? this.#entered : this.#exited)[segment]!, this.#bucketAt(at));
  }

  end(_member: Member, at: number): void {
    this.#bucketAt(at);
  }

  result(): SizesOverTime {
    const numbers = Array.from(
      { length: Math.max(0, this.#last - this.#first + 1) },
      (_none, at) => this.#first + at,
    );
    const listed = (counts: Counts): number[] => numbers.map((bucket) => counts.get(bucket) ?? 0);
    return {
      width: WIDTHS[this.#width]!,
      starts: numbers.map((bucket) => this.#startOf(bucket)),
      people: summed(listed(this.#seen)),
      segments: this.#entered.map((counts, at) => {
        const [entered, exited] = [listed(counts), listed(this.#exited[at]!)];
        return { entered, exited, sizes: summed(entered.map((came, bucket) => came - exited[bucket]!)) };
      }),
    };
  }

  #bucketAt(instant: number): number {
    let bucket = this.#bucketOf(instant);
    while (
      Math.max(bucket, this.#last) - Math.min(bucket, this.#first) >= MOST_BUCKETS &&
      this.#width < WIDTHS.length - 1
    ) {
      this.#widen();
      bucket = this.#bucketOf(instant);
    }
    if (bucket < this.#first) this.#first = bucket;
    if (bucket > this.#last) this.#last = bucket;
    return bucket;
  }

  #bucketOf(instant: number): number {
    return Math.floor((instant + this.#offset()) / WIDTHS[this.#width]!);
  }

  #startOf(bucket: number): number {
    return bucket * WIDTHS[this.#width]! - this.#offset();
  }

  #offset(): number {
    return WIDTHS[this.#width]! >= 7 * DAY ? TO_MONDAY : 0;
  }

  #widen(): void {
    const all = [this.#seen, ...this.#entered, ...this.#exited];
    const before = all.map((counts) =>
      [...counts].map(([bucket, times]) => [this.#startOf(bucket), times] as const),
    );
    const ends = [this.#first, this.#last].map((bucket) => this.#startOf(bucket));
    this.#width++;
    if (this.#first <= this.#last)
      [this.#first, this.#last] = ends.map((start) => this.#bucketOf(start)) as [number, number];
    for (const [at, counts] of all.entries()) {
      counts.clear();
      for (const [start, times] of before[at]!) count(counts, this.#bucketOf(start), times);
    }
  }
}

function count(counts: Counts, bucket: number, times = 1): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + times);
}

function summed(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}
