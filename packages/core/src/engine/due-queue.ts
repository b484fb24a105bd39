import { DueHeap } from "./due-heap.ts";

/**
 * When each owner is to be looked at again. An owner stands for the earliest instant that it ever named: naming a
 * later one costs nothing, and is found out when the earlier one comes.
 */
export class DueQueue {
  readonly #heap = new DueHeap();
  /** The instant for which each owner stands; what the heap holds beside is stale. */
  readonly #queued: number[] = [];

  /** No owner is due before this instant, ms. */
  get earliest(): number {
    return this.#heap.next;
  }

  /** The owner is due at `instant`, ms, or earlier; Infinity says not at all. */
  set(owner: number, instant: number): void {
    if (instant >= (this.#queued[owner] ?? Infinity)) return;
    this.#queued[owner] = instant;
    this.#heap.push(instant, owner);
  }

  /** Takes out an owner that is due by `instant`; undefined when there is none. */
  take(instant: number): number | undefined {
    while (this.#heap.next <= instant) {
      const due = this.#heap.next;
      const owner = this.#heap.pop();
      if (this.#queued[owner] !== due) continue;
      this.#queued[owner] = Infinity;
      return owner;
    }
    return undefined;
  }

  /** The earliest instant at which an owner is due by what it says now. */
  next(dueOf: (owner: number) => number): number | undefined {
    while (this.#heap.next < Infinity) {
      const instant = this.#heap.next;
      const owner = this.take(instant);
      if (owner === undefined) continue;
      const due = dueOf(owner);
      this.set(owner, due);
      if (due === instant) return instant;
    }
    return undefined;
  }
}
