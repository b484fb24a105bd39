/** Who is due, and when: a binary heap, the earliest first. As one writes it by hand; it knows nothing of the engine. */
export class DueHeap<Owner> {
  readonly #all: { due: number; owner: Owner }[] = [];

  /** The earliest one's instant; undefined when there is none. */
  get next(): number | undefined {
    return this.#all[0]?.due;
  }

  push(due: number, owner: Owner): void {
    const all = this.#all;
    let at = all.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (all[parent]!.due <= due) break;
      all[at] = all[parent]!;
      at = parent;
    }
    all[at] = { due, owner };
  }

  /** Takes out the earliest; there must be one. */
  pop(): { due: number; owner: Owner } {
    const all = this.#all;
    const first = all[0]!;
    const last = all.pop()!;
    for (let at = 0; all.length > 0;) {
      let child = 2 * at + 1;
      if (child + 1 < all.length && all[child + 1]!.due < all[child]!.due) child++;
      if (child >= all.length || all[child]!.due >= last.due) {
        all[at] = last;
        break;
      }
      all[at] = all[child]!;
      at = child;
    }
    return first;
  }
}
