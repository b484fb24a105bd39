/** Cuts text into lines, as it comes in. Empty ones are passed over, but counted. */
export class TextLines {
  readonly #take: (line: string, number: number) => void;
  #rest = "";
  #line = 1;

  constructor(take: (line: string, number: number) => void) {
    this.#take = take;
  }

  push(text: string): void {
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf("\n"); end >= 0; end = all.indexOf("\n", start)) {
      this.#give(all.slice(start, all[end - 1] === "\r" ? end - 1 : end));
      start = end + 1;
    }
    this.#rest = all.slice(start);
  }

  end(): void {
    if (this.#rest !== "") this.#give(this.#rest);
    this.#rest = "";
  }

  #give(line: string): void {
    const number = this.#line++;
    if (line.trim() !== "") this.#take(line, number);
  }
}
