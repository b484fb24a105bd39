import type { Json } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { lineId } from "../line-id.ts";

/** Two weeks of visits were counted after the e-mail; the data are of March 2008, the day is ours. */
const SENT = Date.UTC(2008, 2, 20);
const DAY = 86_400_000;
const MONTH = 30 * DAY;

/**
 * Kevin Hillstrom's e-mail test: a customer a row. What was known before is traits and one `Order Completed` so many
 * months before the mail; then `Email Delivered` for two of the three arms, and a day later `Page Viewed` for a visit and
 * `Order Completed` for a conversion. The rows know no days: the instants are made up.
 */
export const hillstrom: Format<string[]> = {
  name: "hillstrom",
  description:
    "Hillstrom's e-mail test: one customer a row → traits, Email Delivered, Page Viewed, Order Completed",
  rows: "csv",
  matches: ({ columns }) =>
    ["history_segment", "segment", "visit", "conversion", "spend"].every((column) =>
      columns.includes(column),
    ),
  // A customer's row holds a life, so what somebody did is in order; all together are not.
  reader: (options) => new CustomerReader(options),
};

class CustomerReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  row(fields: string[], line: number): void {
    const { sink, file, columns } = this.#options;
    const of = (column: string): string => fields[columns.indexOf(column)] ?? "";
    const number = (column: string): number => (of(column) === "" ? NaN : Number(of(column)));
    const numbers = ["recency", "history", "visit", "conversion", "spend"];
    const wrong = numbers.find((column) => !Number.isFinite(number(column)));
    if (wrong !== undefined) return sink.bad(line, `${wrong} ${JSON.stringify(of(wrong))} is no number`);
    const profile = `customer-${line - 1}`;
    const id = lineId(file, line);
    const event = (part: string, name: string, timestamp: number, properties: Record<string, Json>): void =>
      sink.entry(profile, { type: "event", id: `${id}${part}`, name, timestamp, properties }, line);
    const arm = of("segment");
    event("a", "Order Completed", SENT - number("recency") * MONTH, { total: number("history") });
    const traits = {
      arm,
      history_segment: of("history_segment"),
      mens: number("mens"),
      womens: number("womens"),
      zip_code: of("zip_code"),
      newbie: number("newbie"),
      channel: of("channel"),
    };
    sink.entry(profile, { type: "identify", id: `${id}b`, timestamp: SENT, traits }, line);
    if (arm !== "No E-Mail") event("c", "Email Delivered", SENT, { campaign_name: arm });
    if (number("visit") > 0) event("d", "Page Viewed", SENT + DAY, {});
    if (number("conversion") > 0) event("e", "Order Completed", SENT + DAY, { total: number("spend") });
  }
}
