import type { Member } from "../run/member.ts";
import type { Watcher } from "../run/watcher.ts";

/** Two segments, and the people who are in both at the end. */
export interface Shared {
  a: number;
  b: number;
  people: number;
  /** Those in both by those in either (Jaccard's index). */
  jaccard: number;
}

/** Who is in two segments at once, at the end of the run. */
export class Overlap implements Watcher {
  readonly #count: number;
  readonly #shared: Uint32Array;

  constructor(segments: number) {
    this.#count = segments;
    this.#shared = new Uint32Array(segments * segments);
  }

  end({ segments }: Member): void {
    for (const a of segments) for (const b of segments) this.#shared[a * this.#count + b]!++;
  }

  /** How many are in both; in the one, where they are the same. */
  people(a: number, b: number): number {
    return this.#shared[a * this.#count + b]!;
  }

  /** Pairs that share somebody, those that share the largest part of what they are first. */
  result(most: number): Shared[] {
    const pairs: Shared[] = [];
    for (let a = 0; a < this.#count; a++) {
      for (let b = a + 1; b < this.#count; b++) {
        const people = this.people(a, b);
        const either = this.people(a, a) + this.people(b, b) - people;
        if (people > 0) pairs.push({ a, b, people, jaccard: people / either });
      }
    }
    return pairs
      .sort((one, other) => other.jaccard - one.jaccard || other.people - one.people)
      .slice(0, most);
  }
}
