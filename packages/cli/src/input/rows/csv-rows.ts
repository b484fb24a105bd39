import Papa from "papaparse";
import { separatorLine } from "./separator-line.ts";

/** A quote that nothing closes takes in everything behind it: beyond so many characters it is taken for a stray one. */
const LONGEST_ROW = 1 << 20;

/** What is cut out of the text of a CSV file. */
export interface CsvHandler {
  /** A row, and the line on which it begins, counted from 1. */
  row(fields: string[], line: number): void;
  /** A line that is no CSV. */
  bad(line: number, reason: string): void;
}

/**
 * Cuts CSV (RFC 4180) into rows, as its text comes in. Papa Parse does the work: of the parsers that are quick enough
 * (docs/cli.md has the figures), it is the one that a row with too few fields, or a stray quote, does not carry off.
 * Its `Parser` is given text itself, so that a line's number is known and nothing is read before it is wanted.
 */
export class CsvRows {
  readonly #handler: CsvHandler;
  #parser: Papa.Parser | undefined;
  #rest = "";
  #line = 1;
  /** Half a line end of Windows, the other half of which is in the next piece. */
  #half = "";
  /** What is between fields: what a first line says, or else the one of these that the header has most of. */
  delimiter = ",";

  constructor(handler: CsvHandler) {
    this.#handler = handler;
  }

  push(text: string): void {
    this.#parse(this.#rest + this.#plainEnds(text), false);
    while (this.#rest.length > LONGEST_ROW) this.#giveUpLine(this.#rest);
  }

  end(): void {
    while (this.#rest !== "") this.#parse(this.#rest, true);
  }

  /** Both kinds of line ends as one: files that were put together have both. */
  #plainEnds(text: string): string {
    const all = this.#half + text;
    if (!all.includes("\r")) return all;
    this.#half = all.endsWith("\r") ? "\r" : "";
    return (this.#half === "" ? all : all.slice(0, -1)).replace(/\r\n/g, "\n");
  }

  #parse(given: string, whole: boolean): void {
    this.#rest = "";
    // The first line says what is between fields: it is looked at as a whole.
    const isFirst = !this.#parser && given !== "";
    if (isFirst && !whole && given.length <= LONGEST_ROW && !given.includes("\n")) {
      this.#rest = given;
      return;
    }
    const text = isFirst ? this.#begin(given) : given;
    if (text === "" || !this.#parser) return;
    const { data, errors, meta } = this.#parser.parse(text, 0, !whole) as Papa.ParseResult<string[]>;
    const end = whole ? text.length : meta.cursor;
    const wrong = errors.length > 0 ? new Map(errors.map((error) => [error.row, error])) : undefined;
    // Mostly each row is one line, and counting line ends is quick; where they are more, each row is looked through.
    const ends = countOf(text, "\n", end);
    const isPlain = ends === data.length || (whole && ends === data.length - 1);
    const first = this.#line;
    for (let at = 0; at < data.length; at++) {
      const fields = data[at]!;
      const line = this.#line;
      const problem = wrong?.get(at);
      if (problem?.code === "MissingQuotes" && whole) {
        this.#giveUpLine(afterLines(text, line - first));
        return;
      }
      this.#line += isPlain ? 1 : fields.reduce((sum, field) => sum + countOf(field, "\n"), 1);
      if (problem)
        this.#handler.bad(line, `its quotes are misplaced: write "" for a quote in a quoted field`);
      else if (fields.length > 1 || fields[0] !== "") this.#handler.row(fields, line);
    }
    this.#rest = text.slice(end);
  }

  /** Makes the parser by the first line; what is behind that where it is no row. */
  #begin(text: string): string {
    const { delimiter, rest } = separatorLine(text);
    this.delimiter = delimiter ?? delimiterOf(text);
    this.#parser = new Papa.Parser({ delimiter: this.delimiter, newline: "\n" });
    if (delimiter !== undefined) this.#line++;
    return rest;
  }

  /** Reports the first line, with the stray quote, and leaves what is behind it to be parsed. */
  #giveUpLine(text: string): void {
    this.#handler.bad(this.#line++, "a quote is opened here and never closed");
    const rest = afterLines(text, 1);
    if (rest.length > LONGEST_ROW) this.#parse(rest, false);
    else this.#rest = rest;
  }
}

/** The text behind so many of its lines. */
function afterLines(text: string, count: number): string {
  let start = 0;
  for (let line = 0; line < count; line++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return "";
    start = end + 1;
  }
  return text.slice(start);
}

const DELIMITERS = [",", ";", "\t", "|"];

/** The delimiter that the header has most of. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split("\n", 1);
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

function countOf(text: string, character: string, end = text.length): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0 && at < end; at = text.indexOf(character, at + 1)) count++;
  return count;
}
