/** A first line that is no row: Excel's word of what is between the fields, as `sep=;`. */
const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\r|\n)/i;

/** What a first line says is between the fields, and what stands behind it; no delimiter where it is a row. */
export function separatorLine(text: string): { delimiter: string | undefined; rest: string } {
  const [line = "", delimiter] = SEPARATOR_LINE.exec(text) ?? [];
  return { delimiter, rest: text.slice(line.length) };
}
