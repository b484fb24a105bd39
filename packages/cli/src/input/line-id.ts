/** Ids are compared as texts: of one width, lines of a file are in its order. */
const WIDTH = 10;

/** The id of an entry that has none of its own: the file and the line that it stands on. */
export function lineId(file: number, line: number, part = ""): string {
  return `f${file}l${String(line).padStart(WIDTH, "0")}${part}`;
}
