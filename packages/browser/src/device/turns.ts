/** Work that is done one piece after the other. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    // Whoever asked for it hears of a fault; what comes next is not held up by it.
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves when everything asked for before has been done. */
  settled(): Promise<unknown> {
    return this.#last;
  }
}
