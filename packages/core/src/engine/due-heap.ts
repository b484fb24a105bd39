/** A binary min-heap of (instant, owner): who is to be looked at next. */
export class DueHeap {
  readonly #instants: number[] = [];
  readonly #owners: number[] = [];

  /** The earliest instant, ms; Infinity when empty. */
  get next(): number {
    return this.#instants[0] ?? Infinity;
  }

  push(instant: number, owner: number): void {
    let at = this.#instants.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((this.#instants[parent] as number) <= instant) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#instants[at] = instant;
    this.#owners[at] = owner;
  }

  /** Takes the earliest out and returns its owner. Must not be empty. */
  pop(): number {
    const owner = this.#owners[0] as number;
    const instant = this.#instants.pop() as number;
    const last = this.#owners.pop() as number;
    if (this.#instants.length > 0) this.#sink(instant, last);
    return owner;
  }

  #sink(instant: number, owner: number): void {
    const size = this.#instants.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#instants[child + 1] as number) < (this.#instants[child] as number))
        child++;
      if ((this.#instants[child] as number) >= instant) break;
      this.#move(child, at);
      at = child;
    }
    this.#instants[at] = instant;
    this.#owners[at] = owner;
  }

  #move(from: number, to: number): void {
    this.#instants[to] = this.#instants[from] as number;
    this.#owners[to] = this.#owners[from] as number;
  }
}
