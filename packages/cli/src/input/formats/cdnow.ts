import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";
import { lineId } from "../line-id.ts";

/** The first line of the whole file; the sample has none. */
const HEADER = "customer_id";

/**
 * CDNOW's purchases, of the whole file (customer, date, CDs, dollars) or of the sample, which has the sample's own number
 * behind the customer's: each is an `Order Completed` at midnight UTC of its day.
 */
export const cdnow: Format<string[]> = {
  name: "cdnow",
  description: "CDNOW's purchases → Order Completed",
  rows: "blanks",
  matches: ({ line }) =>
    /^\s*customer_id\s+date\s+number_of_cds\s+dollar_value\s*$/.test(line) ||
    /^\s*\d{4,5}(\s+\d{4})?\s+199[78]\d{4}\s+\d+\s+[\d.]+\s*$/.test(line),
  reader: (options) => new PurchaseReader(options),
};

class PurchaseReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  row(fields: string[], line: number): void {
    const { sink, file } = this.#options;
    if (fields[0] === HEADER) return;
    if (fields.length !== 4 && fields.length !== 5)
      return sink.bad(line, `has ${fields.length} columns; 4 are known, and 5 of the sample`);
    const profile = fields[0]!;
    const [date, count, dollars] = fields.slice(-3) as [string, string, string];
    const timestamp = instantOf(date);
    if (timestamp === undefined) return sink.bad(line, `${JSON.stringify(date)} is no day`);
    const quantity = Number(count);
    const total = Number(dollars);
    if (!Number.isInteger(quantity) || !Number.isFinite(total))
      return sink.bad(line, `${count} CDs for ${dollars} dollars are no numbers`);
    const properties = { total, quantity, currency: "USD" };
    sink.entry(
      profile,
      { type: "event", id: lineId(file, line), name: "Order Completed", timestamp, properties },
      line,
    );
  }
}
