import type { Reads } from "@murmur/core";
import type { Readable } from "node:stream";
import { formatOf } from "./formats/formats.ts";
import { isMembers } from "./formats/members.ts";
import type { EntrySink } from "./entry-sink.ts";
import type { FileHead, Format, RowReader } from "./format.ts";
import { countBad, type InputSummary } from "./input-summary.ts";
import type { ColumnMapping } from "./mapping/column-mapping.ts";
import { openText } from "./open-text.ts";
import { OwnTexts } from "./own-texts.ts";
import { CsvRows } from "./rows/csv-rows.ts";
import { separatorLine } from "./rows/separator-line.ts";
import { TextLines } from "./rows/text-lines.ts";

/** Characters of the beginning by which a file is known. */
const HEAD = 1 << 16;

/** What stands for bytes that are no UTF-8. */
const NO_LETTER = "\uFFFD";

/** How files are to be read. */
export interface ReadOptions {
  /** Name of the format; found by the look of the file without it. */
  format?: string | undefined;
  mapping?: ColumnMapping | undefined;
  guests?: boolean | undefined;
  /** What the definition looks at. */
  reads?: Reads | undefined;
  /** What `-` stands for. */
  stdin: Readable;
}

/** What is said while a file is read, after each piece of it. */
export type OnRead = (bytes: number) => void;

/** Where the text of a file goes, piece by piece. */
interface TextTaker {
  push(text: string): void;
  end(): void;
}

/** The format of a file, by its beginning. */
export async function formatOfFile(path: string, options: ReadOptions): Promise<Format> {
  const { name, chunks } = openText(path, options.stdin);
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
    if (hasHead(text)) break;
  }
  return formatOf(headOf(name, text), options.format, options.mapping !== undefined);
}

/** Reads a file from end to end. Nothing is read ahead of what `sink` has taken. */
export async function readFileInto(
  path: string,
  number: number,
  options: ReadOptions,
  sink: EntrySink,
  summary: InputSummary,
  onRead: OnRead,
): Promise<void> {
  const opened = openText(path, options.stdin);
  let taker: TextTaker | undefined;
  let held = "";
  let isGarbled = false;
  let plainEnds = (text: string): string => text;
  const begin = (): void => {
    // Where lines end as on old Macs, the whole text is one to everybody else.
    if (/\r[^\n]/.test(held) && !held.includes("\n")) plainEnds = (text) => text.replaceAll("\r", "\n");
    held = plainEnds(held);
    const format = formatOf(headOf(opened.name, held), options.format, options.mapping !== undefined);
    summary.files.push({ name: opened.name, format: format.name });
    taker = takerOf(format, opened.name, number, options, sink, summary);
    taker.push(held);
    held = "";
  };
  for await (const chunk of opened.chunks) {
    if (taker) taker.push(plainEnds(chunk));
    else {
      held += chunk;
      if (hasHead(held)) begin();
    }
    isGarbled ||= chunk.includes(NO_LETTER);
    onRead(opened.read());
  }
  if (!taker && held !== "") begin();
  taker?.end();
  if (isGarbled) summary.files.at(-1)!.garbled = true;
}

/** Whether a file can be known by so much of it. */
function hasHead(text: string): boolean {
  return text.length >= HEAD || separatorLine(text).rest.includes("\n");
}

function headOf(name: string, text: string): FileHead {
  const { delimiter, rest } = separatorLine(text);
  const lines = rest.split(/\r?\n|\r/).filter((each) => each.trim() !== "");
  const [line = ""] = lines;
  // A first line that is broken is a bad row, and hides no file of objects.
  const json = jsonOf(line) ?? (line.startsWith("{") ? lines.map(jsonOf).find(isMembers) : undefined);
  let columns: string[] = [];
  if (json === undefined) {
    const rows = new CsvRows({
      row: (fields) => (columns = columns.length > 0 ? columns : fields),
      bad: () => {},
    });
    rows.push(delimiter === undefined ? `${line}\n` : `sep=${delimiter}\n${line}\n`);
    rows.end();
  }
  return { name, line, columns, json };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function takerOf(
  format: Format,
  name: string,
  file: number,
  options: ReadOptions,
  sink: EntrySink,
  summary: InputSummary,
): TextTaker {
  const { mapping, reads, guests = false } = options;
  // What was JSON has texts of its own.
  const own = format.rows === "json-lines" ? sink : withOwnTexts(sink);
  const make = (columns: readonly string[], decimalCommas = false): RowReader =>
    format.reader({ sink: own, columns, mapping, decimalCommas, reads, guests, file }) as RowReader;
  const bad = (line: number, reason: string): void => countBad(summary, { file: name, line, reason });
  if (format.rows === "csv") return csvTaker(make, bad, summary);
  const reader = make([]);
  const take = (line: string, number: number): void => {
    summary.rows++;
    if (format.rows === "blanks") {
      reader.row(line.trim().split(/\s+/), number);
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return bad(number, "is no JSON");
    }
    reader.row(value, number);
  };
  const lines = new TextLines({
    line: take,
    bad(number, reason) {
      summary.rows++;
      bad(number, reason);
    },
  });
  return withEnd(lines, reader);
}

function withOwnTexts(sink: EntrySink): EntrySink {
  const texts = new OwnTexts();
  return {
    ...sink,
    entry(profile, entry, line) {
      texts.of(entry.type === "event" ? (entry.properties ?? null) : entry.traits);
      sink.entry(profile, entry, line);
    },
  };
}

function csvTaker(
  make: (columns: readonly string[], decimalCommas: boolean) => RowReader,
  bad: (line: number, reason: string) => void,
  summary: InputSummary,
): TextTaker {
  let reader: RowReader | undefined;
  let width = 0;
  const rows = new CsvRows({
    row(fields, line) {
      if (!reader) {
        width = fields.length;
        reader = make(
          fields.map((field) => field.trim()),
          rows.delimiter === ";",
        );
        return;
      }
      summary.rows++;
      if (fields.length === width) reader.row(fields, line);
      else bad(line, `has ${fields.length} fields, and the header ${width}`);
    },
    bad(line, reason) {
      summary.rows++;
      bad(line, reason);
    },
  });
  return withEnd(rows, { end: () => reader?.end?.() });
}

function withEnd(taker: TextTaker, reader: { end?(): void }): TextTaker {
  return {
    push: (text) => taker.push(text),
    end() {
      taker.end();
      reader.end?.();
    },
  };
}
