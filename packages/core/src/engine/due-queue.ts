/**
 * When each owner is to be looked at again: a binary heap. An owner stands for the earliest instant that it ever named:
 * naming a later one costs nothing, and is found out when the earlier one comes.
 */
export class DueQueue<Owner extends { readonly at: number }> {
  readonly #heap: [instant: number, owner: Owner][] = [];
  /** The instant for which the owner at a position stands; what the heap holds beside is stale. */
  readonly #queued: number[] = [];

  /** The owner is due at `instant`, ms, or earlier; Infinity says not at all. */
  set(owner: Owner, instant: number): void {
    if (instant >= (this.#queued[owner.at] ?? Infinity)) return;
    this.#queued[owner.at] = instant;
    const heap = this.#heap;
    let at = heap.length;
    for (let parent; at > 0 && heap[(parent = (at - 1) >> 1)]![0] > instant; at = parent)
      heap[at] = heap[parent]!;
    heap[at] = [instant, owner];
  }

  /** Takes out the owner that is due first, if it is by `instant`; undefined when there is none. */
  take(instant: number): Owner | undefined {
    for (let first = this.#heap[0]; first && first[0] <= instant; first = this.#heap[0]) {
      const [due, owner] = first;
      this.#pop();
      if (this.#queued[owner.at] !== due) continue;
      this.#queued[owner.at] = Infinity;
      return owner;
    }
    return undefined;
  }

  /** The earliest instant, before `limit`, at which an owner is due by what it says now; Infinity if none. */
  next(limit: number, dueOf: (owner: Owner) => number): number {
    for (let first = this.#heap[0]; first && first[0] < limit; first = this.#heap[0]) {
      const [instant] = first;
      const owner = this.take(instant);
      if (!owner) continue;
      const due = dueOf(owner);
      this.set(owner, due);
      if (due === instant) return due;
    }
    return Infinity;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1]![0] < heap[child]![0]) child++;
      if (heap[child]![0] >= last[0]) break;
      heap[at] = heap[child]!;
      at = child;
    }
    if (heap.length > 0) heap[at] = last;
  }
}
