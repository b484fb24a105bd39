import type { Transition } from "@murmur/core";

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
  readonly #heap: { due: number; ring: Ring }[] = [];

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
    if (!ring.isQueued) this.#push(due, ring);
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

  #expire(instant: number, transitions: Transition[]): void {
    const heap = this.#heap;
    while (heap.length > 0 && heap[0]!.due <= instant) {
      const { due: queued, ring } = this.#pop();
      const due = dueOf(ring);
      if (due > queued) {
        this.#push(due, ring);
        continue;
      }
      ring.isMember = false;
      transitions.push({ segment: ring.segment, change: "exited", at: due });
    }
  }

  #push(due: number, ring: Ring): void {
    const heap = this.#heap;
    ring.isQueued = true;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.due <= due) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = { due, ring };
  }

  #pop(): { due: number; ring: Ring } {
    const heap = this.#heap;
    const first = heap[0]!;
    first.ring.isQueued = false;
    const last = heap.pop()!;
    for (let at = 0; heap.length > 0;) {
      let child = 2 * at + 1;
      if (child + 1 < heap.length && heap[child + 1]!.due < heap[child]!.due) child++;
      if (child >= heap.length || heap[child]!.due >= last.due) {
        heap[at] = last;
        break;
      }
      heap[at] = heap[child]!;
      at = child;
    }
    return first;
  }
}

/** When the oldest of four views goes out. */
function dueOf({ instants, oldest }: Ring): number {
  return instants[oldest]! + WINDOW;
}
