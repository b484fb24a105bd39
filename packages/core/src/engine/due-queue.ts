/**
 * When each owner is to be looked at again: a binary heap. An owner stands for the earliest instant that it ever named:
 * naming a later one costs nothing, and is found out when the earlier one comes.
 */
export class DueQueue<Owner extends { readonly at: number }> {
  // Side by side, not as pairs: comparing instants is most of the work.
  readonly #instants: number[] = [];
  readonly #owners: Owner[] = [];
  /** The instant for which the owner at a position stands; what the heap holds beside is stale. */
  readonly #queued: Float64Array;

  /** For owners at positions below `length`. */
  constructor(length: number) {
    this.#queued = new Float64Array(length).fill(Infinity);
  }

  /** The owner is due at `instant`, ms, or earlier; Infinity says not at all. */
  set(owner: Owner, instant: number): void {
    if (instant >= this.#queued[owner.at]!) return;
    this.#queued[owner.at] = instant;
    let at = this.#instants.length;
    for (let parent; at > 0 && this.#instants[(parent = (at - 1) >> 1)]! > instant; at = parent)
      this.#put(at, this.#instants[parent]!, this.#owners[parent]!);
    this.#put(at, instant, owner);
  }

  /** Takes out the owner that is due first, if it is by `instant`; undefined when there is none. */
  take(instant: number): Owner | undefined {
    if (!(this.#instants[0]! <= instant)) return undefined;
    const owner = this.#owners[0]!;
    this.#pop();
    this.#queued[owner.at] = Infinity;
    return owner;
  }

  /** The earliest instant, before `limit`, at which an owner is due by what it says now; Infinity if none. */
  next(limit: number, dueOf: (owner: Owner) => number): number {
    while (this.#instants[0]! < limit) {
      const due = this.#instants[0]!;
      const owner = this.#owners[0]!;
      const next = this.#queued[owner.at] === due ? (this.#queued[owner.at] = dueOf(owner)) : Infinity;
      if (next === due) return due;
      if (next < Infinity) this.#sink(next, owner);
      else this.#pop();
    }
    return Infinity;
  }

  #pop(): void {
    const instant = this.#instants.pop()!;
    const owner = this.#owners.pop()!;
    if (this.#instants.length > 0) this.#sink(instant, owner);
  }

  /** Puts an owner in the place of the first, and lets it go down to its own. */
  #sink(instant: number, owner: Owner): void {
    const instants = this.#instants;
    let at = 0;
    for (let child; (child = 2 * at + 1) < instants.length; at = child) {
      if (instants[child + 1]! < instants[child]!) child++;
      if (instants[child]! >= instant) break;
      this.#put(at, instants[child]!, this.#owners[child]!);
    }
    this.#put(at, instant, owner);
  }

  #put(at: number, instant: number, owner: Owner): void {
    this.#instants[at] = instant;
    this.#owners[at] = owner;
  }
}
