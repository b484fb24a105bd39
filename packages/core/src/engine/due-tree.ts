/**
 * When each operator is to be looked at again, by its position: a tournament, in which the earlier of every two instants
 * goes up. What is at `n` stands for what is at `2n` and `2n + 1`, and operators are the second half.
 */
export class DueTree {
  readonly #instants: Float64Array;

  constructor(operators: number) {
    this.#instants = new Float64Array(2 * operators).fill(Infinity);
  }

  /** The earliest instant, ms; Infinity when nothing is due. */
  get first(): number {
    return this.#instants[1]!;
  }

  /** The operator is due at `instant`, ms; Infinity says not at all. */
  set(operator: number, instant: number): void {
    const instants = this.#instants;
    // As soon as nothing changes, nothing does further up.
    for (let at = operator + instants.length / 2; at && instants[at] !== instant; at >>= 1) {
      instants[at] = instant;
      // At 0, which is nobody's, the first one has its pair.
      instant = Math.min(instant, instants[at ^ 1]!);
    }
  }

  /** The operator that is due first. */
  owner(): number {
    const instants = this.#instants;
    const half = instants.length / 2;
    let at = 1;
    while (at < half) at = 2 * at + +(instants[2 * at] !== instants[at]);
    return at - half;
  }
}
