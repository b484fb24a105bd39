import type { Transition } from "@murmur/core";
import { DueHeap } from "./due-heap.ts";

const SIZE = 4;
const WINDOW = 7 * 864e5;

/** The last four views of a category, the oldest of which is overwritten next. */
interface Ring {
  segment: string;
  instants: number[];
  oldest: number;
  isMember: boolean;
  /** Whether it stands in the heap. */
  isQueued: boolean;
}

/**
 * "Viewed more than three products of a category within seven days" for many categories, as one writes it by hand for that
 * job and no other: a map of ring buffers, each made when its category is first seen, and a heap of who leaves next.
 */
export class MapOfRings {
  readonly #rings = new Map<string, Ring>();
  readonly #segments: ReadonlyMap<string, string>;
  /** Members, by when they leave if nothing more happens; a member may stand too early, never too late. */
  readonly #heap = new DueHeap<Ring>();

  /** The segments' ids stand beside the categories. */
  constructor(categories: readonly string[], segments: readonly string[]) {
    this.#segments = new Map(categories.map((category, at) => [category, segments[at]!]));
  }

  /** A view, later than those before it. */
  view(category: string, instant: number): Transition[] {
    const transitions: Transition[] = [];
    this.#expire(instant, transitions);
    const ring = this.#rings.get(category) ?? this.#begin(category);
    if (!ring) return transitions;
    ring.instants[ring.oldest] = instant;
    ring.oldest = (ring.oldest + 1) % SIZE;
    const due = dueOf(ring);
    if (due <= instant) return transitions;
    if (!ring.isMember) {
      ring.isMember = true;
      transitions.push({ segment: ring.segment, change: "entered", at: instant });
    }
    if (!ring.isQueued) this.#queue(due, ring);
    return transitions;
  }

  segments(): string[] {
    return [...this.#rings.values()].filter(({ isMember }) => isMember).map(({ segment }) => segment);
  }

  #begin(category: string): Ring | undefined {
    const segment = this.#segments.get(category);
    if (segment === undefined) return undefined;
    const instants = [-Infinity, -Infinity, -Infinity, -Infinity];
    const ring = { segment, instants, oldest: 0, isMember: false, isQueued: false };
    this.#rings.set(category, ring);
    return ring;
  }

  #queue(due: number, ring: Ring): void {
    ring.isQueued = true;
    this.#heap.push(due, ring);
  }

  #expire(instant: number, transitions: Transition[]): void {
    while (this.#heap.next! <= instant) {
      const { due: queued, owner: ring } = this.#heap.pop();
      ring.isQueued = false;
      const due = dueOf(ring);
      if (due > queued) {
        this.#queue(due, ring);
        continue;
      }
      ring.isMember = false;
      transitions.push({ segment: ring.segment, change: "exited", at: due });
    }
  }
}

/** When the oldest of four views goes out. */
function dueOf({ instants, oldest }: Ring): number {
  return instants[oldest]! + WINDOW;
}
