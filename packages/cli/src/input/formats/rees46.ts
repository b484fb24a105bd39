import type { Json } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";
import { lineId } from "../line-id.ts";

const COLUMNS = [
  "event_time",
  "event_type",
  "product_id",
  "category_code",
  "brand",
  "price",
  "user_id",
  "user_session",
];

const NAMES: ReadonlyMap<string, string> = new Map([
  ["view", "Product Viewed"],
  ["cart", "Product Added"],
  ["remove_from_cart", "Product Removed"],
  ["purchase", "Order Completed"],
]);

/** REES46's shop data: what is bought is an order of one product, each row by itself, as the file has it. */
export const rees46: Format<string[]> = {
  name: "rees46",
  description: "REES46's shop events → Product Viewed, Product Added, Product Removed, Order Completed",
  rows: "csv",
  matches: ({ columns }) => COLUMNS.every((column) => columns.includes(column)),
  reader: (options) => new ShopReader(options),
};

class ShopReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;
  readonly #at: readonly number[];

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#at = COLUMNS.map((column) => options.columns.indexOf(column));
  }

  row(fields: string[], line: number): void {
    const { sink, file } = this.#options;
    const [time, type, product, category, brand, priceText, user, session] = this.#at.map(
      (at) => fields[at]!,
    ) as [string, string, string, string, string, string, string, string];
    const name = NAMES.get(type);
    if (name === undefined)
      return sink.bad(line, `event_type ${JSON.stringify(type)} is none of ${[...NAMES.keys()].join(", ")}`);
    const timestamp = instantOf(time);
    if (timestamp === undefined) return sink.bad(line, `event_time ${JSON.stringify(time)} is no instant`);
    if (user === "") return sink.bad(line, "no user_id: nobody's");
    const price = Number(priceText);
    const item: Record<string, Json> = {
      product_id: product,
      ...(category !== "" && { category }),
      ...(brand !== "" && { brand }),
      price,
    };
    const properties =
      type === "purchase" ? { order_id: session, total: price, revenue: price, products: [item] } : item;
    sink.entry(user, { type: "event", id: lineId(file, line), name, timestamp, properties }, line);
  }
}
