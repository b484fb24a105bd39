import type { Json } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";

const COLUMNS = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
];
/** Invoices of one minute may be mixed: how many lines one stays open after its last. */
const OPEN_FOR = 5_000;
/** A product's code is five digits, and letters for its variant; POST, M, D, BANK CHARGES and such are none. */
const PRODUCT = /^\d{5}/;
/** Prices have three decimals at most. */
const UNITS = 1_000;

interface Invoice {
  profile: string;
  number: string;
  timestamp: number;
  line: number;
  lastLine: number;
  /** In thousandths. */
  total: number;
  quantity: number;
  products: Json[];
}

/**
 * UCI's Online Retail: lines of invoices. An invoice is an `Order Completed` at the instant of its first line, one that
 * begins with C an `Order Refunded`. Its total is that of the lines with a quantity and a price above 0 (of a refund, of
 * the quantity given back).
 */
export const onlineRetail: Format<string[]> = {
  name: "online-retail",
  description: "UCI's Online Retail: invoice lines → Order Completed, Order Refunded",
  rows: "csv",
  matches: ({ columns }) => COLUMNS.every((column) => columns.includes(column)),
  reader: (options) => new InvoiceReader(options),
};

class InvoiceReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;
  // Named one by one: half a million rows go through here, and a list of fields made for each is a tenth of the time.
  readonly #number: number;
  readonly #code: number;
  readonly #name: number;
  readonly #quantity: number;
  readonly #date: number;
  readonly #price: number;
  readonly #customer: number;
  readonly #readsProducts: boolean;
  readonly #open = new Map<string, Invoice>();
  #last: Invoice | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
    const at = (column: string): number => options.columns.indexOf(column);
    this.#number = at("InvoiceNo");
    this.#code = at("StockCode");
    this.#name = at("Description");
    this.#quantity = at("Quantity");
    this.#date = at("InvoiceDate");
    this.#price = at("UnitPrice");
    this.#customer = at("CustomerID");
    const { reads } = options;
    this.#readsProducts =
      !reads || ["Order Completed", "Order Refunded"].some((name) => reads.events.get(name)?.has("products"));
  }

  row(fields: string[], line: number): void {
    const { sink, guests } = this.#options;
    const number = fields[this.#number]!;
    const quantityText = fields[this.#quantity]!;
    const priceText = fields[this.#price]!;
    const customer = fields[this.#customer]!;
    const quantity = Number(quantityText);
    const price = Number(priceText);
    if (number === "") return sink.bad(line, "no InvoiceNo");
    if (!Number.isInteger(quantity) || quantityText === "")
      return sink.bad(line, `Quantity ${JSON.stringify(quantityText)} is no whole number`);
    if (!Number.isFinite(price) || priceText === "")
      return sink.bad(line, `UnitPrice ${JSON.stringify(priceText)} is no number`);
    if (customer === "" && !guests)
      return sink.skip("no CustomerID: a guest (--guests takes each order as somebody)");
    const isRefund = number.startsWith("C");
    if (price <= 0) return sink.skip("UnitPrice 0 or less");
    if (isRefund && quantity >= 0) return sink.skip("Quantity 0 or more, of a refund");
    if (!isRefund && quantity <= 0) return sink.skip("Quantity 0 or less, of no refund");
    const invoice = this.#invoiceOf(number, customer, fields[this.#date]!, line);
    if (!invoice) return sink.bad(line, `InvoiceDate ${JSON.stringify(fields[this.#date])} is no instant`);
    invoice.lastLine = line;
    const pieces = Math.abs(quantity);
    invoice.total += Math.round(pieces * price * UNITS);
    const code = fields[this.#code]!;
    if (!PRODUCT.test(code)) return;
    invoice.quantity += pieces;
    if (this.#readsProducts)
      invoice.products.push({ product_id: code, name: fields[this.#name]!.trim(), price, quantity: pieces });
  }

  end(): void {
    for (const invoice of this.#open.values()) this.#close(invoice);
    this.#open.clear();
  }

  #invoiceOf(number: string, customer: string, date: string, line: number): Invoice | undefined {
    if (this.#last?.number === number) return this.#last;
    let invoice = this.#open.get(number);
    if (!invoice) {
      const timestamp = instantOf(date);
      if (timestamp === undefined) return undefined;
      this.#closeUpTo(line - OPEN_FOR);
      const profile = customer === "" ? `guest-${number}` : customer.replace(/\.0$/, "");
      invoice = { profile, number, timestamp, line, lastLine: line, total: 0, quantity: 0, products: [] };
      this.#open.set(number, invoice);
    }
    return (this.#last = invoice);
  }

  /** Closes invoices in the order in which they began, so that somebody's orders stay in theirs. */
  #closeUpTo(line: number): void {
    for (const invoice of this.#open.values()) {
      if (invoice.lastLine > line) return;
      this.#open.delete(invoice.number);
      this.#close(invoice);
    }
  }

  #close({ profile, number, timestamp, line, total, quantity, products }: Invoice): void {
    const name = number.startsWith("C") ? "Order Refunded" : "Order Completed";
    const properties: Record<string, Json> = { order_id: number, total: total / UNITS, quantity };
    if (this.#readsProducts) properties["products"] = products;
    this.#options.sink.entry(
      profile,
      { type: "event", id: `order:${number}`, name, timestamp, properties },
      line,
    );
  }
}
