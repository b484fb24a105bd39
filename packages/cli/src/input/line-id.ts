/** Ids are compared as texts: of one width, lines of a file are in its order. */
const WIDTH = 10;
/** How the last digits of a line's number are written: all are at hand, and those before them are mostly the same. */
const ENDS = Array.from({ length: 1_000 }, (_none, end) => String(end).padStart(3, "0"));

/** What the lines of a thousand have in common. */
let last = { file: -1, thousand: -1, text: "" };

/** The id of an entry that has none of its own: the file and the line that it stands on. */
export function lineId(file: number, line: number, part = ""): string {
  const thousand = Math.floor(line / 1_000);
  if (last.thousand !== thousand || last.file !== file) {
    const text = `f${file}l${String(thousand).padStart(WIDTH - 3, "0")}`;
    last = { file, thousand, text };
  }
  return last.text + ENDS[line % 1_000]! + part;
}
