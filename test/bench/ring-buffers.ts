import type { Transition } from "@murmur/core";
import { DueHeap } from "./due-heap.ts";

const SIZE = 4;
const WINDOW = 7 * 864e5;

/**
 * "Viewed more than three products of a category within seven days" for many categories, written by hand for that job
 * and no other: the last four instants of each category in a ring, and a heap of who leaves next. The limit that an
 * engine for any definition is held against.
 */
export class RingBuffers {
  readonly #slots: ReadonlyMap<string, number>;
  readonly #segments: readonly string[];
  readonly #instants: Float64Array;
  readonly #oldest: Uint8Array;
  readonly #members: Uint8Array;
  /** Members, by when they leave if nothing more happens; a member may stand too early, never too late. */
  readonly #heap = new DueHeap<number>();
  readonly #queued: Uint8Array;

  /** The segments' ids stand beside the categories. */
  constructor(categories: readonly string[], segments: readonly string[]) {
    this.#slots = new Map(categories.map((category, slot) => [category, slot]));
    this.#segments = segments;
    this.#instants = new Float64Array(categories.length * SIZE).fill(-Infinity);
    this.#oldest = new Uint8Array(categories.length);
    this.#members = new Uint8Array(categories.length);
    this.#queued = new Uint8Array(categories.length);
  }

  /** A view, later than those before it. */
  view(category: string, instant: number): Transition[] {
    const transitions: Transition[] = [];
    this.#expire(instant, transitions);
    const slot = this.#slots.get(category);
    if (slot === undefined) return transitions;
    const oldest = this.#oldest[slot]!;
    this.#instants[slot * SIZE + oldest] = instant;
    this.#oldest[slot] = (oldest + 1) % SIZE;
    const due = this.#due(slot);
    if (due <= instant) return transitions;
    if (this.#members[slot] === 0) {
      this.#members[slot] = 1;
      transitions.push({ segment: this.#segments[slot]!, change: "entered", at: instant });
    }
    if (this.#queued[slot] === 0) this.#queue(due, slot);
    return transitions;
  }

  segments(): string[] {
    return this.#segments.filter((_segment, slot) => this.#members[slot] === 1).toSorted();
  }

  #due(slot: number): number {
    return this.#instants[slot * SIZE + this.#oldest[slot]!]! + WINDOW;
  }

  #queue(due: number, slot: number): void {
    this.#queued[slot] = 1;
    this.#heap.push(due, slot);
  }

  #expire(instant: number, transitions: Transition[]): void {
    while (this.#heap.next! <= instant) {
      const { due: queued, owner: slot } = this.#heap.pop();
      this.#queued[slot] = 0;
      const due = this.#due(slot);
      if (due > queued) {
        this.#queue(due, slot);
        continue;
      }
      this.#members[slot] = 0;
      transitions.push({ segment: this.#segments[slot]!, change: "exited", at: due });
    }
  }
}
