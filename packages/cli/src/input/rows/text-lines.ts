/** No entry is near as long: what has no line end for so many characters, as a file that is one list, would take all memory. */
const LONGEST_LINE = 1 << 20;

/** What is cut out of a text. */
export interface LineHandler {
  /** A line that is not empty, and its number, counted from 1. */
  line(text: string, number: number): void;
  /** A line that cannot be taken. */
  bad(number: number, reason: string): void;
}

/** Cuts text into lines, as it comes in. Empty ones are passed over, but counted. */
export class TextLines {
  readonly #handler: LineHandler;
  #rest = "";
  #isTooLong = false;
  #line = 1;

  constructor(handler: LineHandler) {
    this.#handler = handler;
  }

  push(text: string): void {
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#give(this.#rest + text.slice(start, end));
      this.#rest = "";
      start = end + 1;
    }
    this.#rest += text.slice(start);
    if (this.#rest.length <= LONGEST_LINE) return;
    this.#isTooLong = true;
    this.#rest = "";
  }

  end(): void {
    if (this.#rest !== "" || this.#isTooLong) this.#give(this.#rest);
    this.#rest = "";
  }

  #give(line: string): void {
    const number = this.#line++;
    if (this.#isTooLong) {
      this.#isTooLong = false;
      this.#handler.bad(number, `is longer than ${LONGEST_LINE} characters: one object a line is wanted`);
    } else if (line.trim() !== "") this.#handler.line(line.endsWith("\r") ? line.slice(0, -1) : line, number);
  }
}
