import type { Json } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";

const COLUMNS = [
  "Name",
  "Email",
  "Financial Status",
  "Total",
  "Created at",
  "Lineitem name",
  "Lineitem price",
];

interface Order {
  name: string;
  line: number;
  profile: string;
  timestamp: number;
  cancelled: number | undefined;
  properties: Record<string, Json>;
  products: Json[];
}

/**
 * Shopify's export of orders (https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders): an order
 * is a row for each of its line items, of which the first alone has who, when and how much. It is an `Order Completed` at
 * `Created at`, and an `Order Cancelled` at `Cancelled at`. People are known by their e-mail address. The export has the
 * newest order first.
 */
export const shopifyOrders: Format<string[]> = {
  name: "shopify-orders",
  description: "Shopify's export of orders → Order Completed, Order Cancelled",
  rows: "csv",
  unordered: true,
  matches: ({ columns }) => COLUMNS.every((column) => columns.includes(column)),
  reader: (options) => new OrderReader(options),
};

class OrderReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;
  readonly #at: ReadonlyMap<string, number>;
  #order: Order | undefined;
  /** The name of an order of which nothing can be made; its other lines go with it. */
  #refused = "";

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#at = new Map(options.columns.map((column, at) => [column, at]));
  }

  row(fields: string[], line: number): void {
    const of = (column: string): string => fields[this.#at.get(column) ?? -1] ?? "";
    const name = of("Name");
    if (name === "") return this.#options.sink.bad(line, "no Name: a line of no order");
    if (name !== this.#order?.name && name !== this.#refused) this.#begin(name, line, of);
    if (name === this.#order?.name) this.#order.products.push(productOf(of));
  }

  end(): void {
    this.#close();
  }

  #begin(name: string, line: number, of: (column: string) => string): void {
    const { sink, guests } = this.#options;
    this.#close();
    this.#refused = name;
    const email = of("Email").trim().toLowerCase();
    if (email === "" && !guests)
      return sink.skip("no Email: a guest (--guests takes each order as somebody)");
    const timestamp = shopifyInstant(of("Created at"));
    if (timestamp === undefined)
      return sink.bad(line, `Created at ${JSON.stringify(of("Created at"))} is no instant`);
    const total = Number(of("Total"));
    if (of("Total") === "" || !Number.isFinite(total))
      return sink.bad(line, `Total ${JSON.stringify(of("Total"))} is no number`);
    const properties: Record<string, Json> = { order_id: of("Id") || name, total };
    for (const [property, column] of [
      ["shipping", "Shipping"],
      ["tax", "Taxes"],
      ["discount", "Discount Amount"],
      ["subtotal", "Subtotal"],
      // As the adapters have it.
      ["revenue", "Subtotal"],
    ] as const)
      if (of(column) !== "") properties[property] = Number(of(column));
    for (const [property, column] of [
      ["currency", "Currency"],
      ["coupon", "Discount Code"],
    ] as const)
      if (of(column) !== "") properties[property] = of(column);
    const profile = email === "" ? `guest-${name}` : email;
    const cancelled = shopifyInstant(of("Cancelled at"));
    this.#order = { name, line, profile, timestamp, cancelled, properties, products: [] };
  }

  #close(): void {
    if (!this.#order) return;
    const { name, line, profile, timestamp, cancelled, properties, products } = this.#order;
    const { sink } = this.#options;
    const all = { ...properties, products };
    sink.entry(
      profile,
      { type: "event", id: `order:${name}`, name: "Order Completed", timestamp, properties: all },
      line,
    );
    if (cancelled !== undefined)
      sink.entry(
        profile,
        { type: "event", id: `cancelled:${name}`, name: "Order Cancelled", timestamp: cancelled, properties },
        line,
      );
    this.#order = undefined;
  }
}

function productOf(of: (column: string) => string): Json {
  return {
    ...(of("Lineitem sku") !== "" && { sku: of("Lineitem sku") }),
    name: of("Lineitem name"),
    price: Number(of("Lineitem price")),
    quantity: Number(of("Lineitem quantity")),
    ...(of("Vendor") !== "" && { brand: of("Vendor") }),
  };
}

/** `2026-03-01 10:12:13 +0100`. */
function shopifyInstant(text: string): number | undefined {
  return text === "" ? undefined : instantOf(text);
}
