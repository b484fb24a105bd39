/** The erasures that have happened while a profile is in memory. */
export class Erasures {
  #count = 0;

  happened(): void {
    this.#count++;
  }

  /** Does what waits for others; from its start again, where the profile was erased meanwhile. */
  async outlived<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#count;
    try {
      return await work();
    } catch (error) {
      if (this.#count === before) throw error;
      return this.outlived(work);
    }
  }
}
