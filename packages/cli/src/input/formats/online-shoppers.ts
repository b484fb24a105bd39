import type { Json } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { lineId } from "../line-id.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "June", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** The file knows months of one year, and not which; its paper is of 2018. */
const YEAR = 2017;

/**
 * UCI's Online Shoppers: sessions that are over, as sums. Each is somebody of its own: a `Session Summarized` with its
 * columns at the beginning of its month, and, where it ended in revenue, an `Order Completed` a millisecond later.
 */
export const onlineShoppers: Format<string[]> = {
  name: "online-shoppers",
  description: "UCI's Online Shoppers: one session a row → Session Summarized, Order Completed",
  rows: "csv",
  matches: ({ columns }) =>
    ["Administrative_Duration", "PageValues", "Revenue"].every((column) => columns.includes(column)),
  reader: (options) => new SessionReader(options),
};

class SessionReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  row(fields: string[], line: number): void {
    const { sink, file, columns } = this.#options;
    const properties: Record<string, Json> = {};
    for (const [at, column] of columns.entries()) properties[snakeCase(column)] = valueOf(fields[at]!);
    const month = MONTHS.findIndex(
      (name) => name.slice(0, 3) === fields[columns.indexOf("Month")]?.slice(0, 3),
    );
    if (month < 0) return sink.bad(line, `Month ${JSON.stringify(fields[columns.indexOf("Month")])} is none`);
    const timestamp = Date.UTC(YEAR, month, 1);
    const profile = `session-${line}`;
    const id = lineId(file, line);
    sink.entry(profile, { type: "event", id, name: "Session Summarized", timestamp, properties }, line);
    if (properties["revenue"] === true)
      sink.entry(
        profile,
        { type: "event", id: `${id}o`, name: "Order Completed", timestamp: timestamp + 1, properties: {} },
        line,
      );
  }
}

function snakeCase(column: string): string {
  return column.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
}

function valueOf(text: string): Json {
  if (text === "TRUE" || text === "FALSE") return text === "TRUE";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
