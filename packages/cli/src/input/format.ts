import type { Reads } from "@murmur/core";
import type { EntrySink } from "./entry-sink.ts";
import type { ColumnMapping } from "./mapping/column-mapping.ts";

/** How a file is cut into rows: CSV with a header, one JSON value a line, or columns with blanks between them. */
export type RowKind = "csv" | "json-lines" | "blanks";

/** What a format is told before the first row. */
export interface ReaderOptions {
  sink: EntrySink;
  /** Column names; of CSV alone. */
  columns: readonly string[];
  /** What the definition looks at: what nobody reads need not be made. Without it, everything is made. */
  reads?: Reads | undefined;
  mapping?: ColumnMapping | undefined;
  /** Whether numbers may be written `12,50`: of CSV with `;` between its fields, which is there for that. */
  decimalCommas?: boolean | undefined;
  /** Whether people without an id count, each of their orders as somebody of its own. */
  guests: boolean;
  /** The number of the file among those given: ids made of line numbers differ by it. */
  file: number;
}

/** Takes the rows of one file, in order. */
export interface RowReader<Row = unknown> {
  row(row: Row, line: number): void;
  /** After the last row: what is still open is closed. */
  end?(): void;
}

/** What is known of a file before it is read. */
export interface FileHead {
  /** The file's name, without its folder. */
  name: string;
  /** Its first line. */
  line: string;
  /** Column names, where that line is a header of CSV. */
  columns: readonly string[];
  /** The value of the first line, where that is JSON. */
  json?: unknown;
}

/** A kind of file that people have. A new one: one file in `formats/`, and one line in `formats.ts`. */
export interface Format<Row = never> {
  name: string;
  /** What it is, in a few words. */
  description: string;
  rows: RowKind;
  /** Whether the rows stand in no order of time, so that sorting them is not worth a try without. */
  unordered?: boolean;
  /** Whether a file looks like one. */
  matches(head: FileHead): boolean;
  reader(options: ReaderOptions): RowReader<Row>;
}
