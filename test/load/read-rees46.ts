import type { EventEntry, Json } from "@murmur/core";
import { parse } from "csv-parse";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/** A row as the shop's own tag would have recorded it. */
export interface Visit {
  session: string;
  entry: EventEntry;
}

export interface Person {
  user: string;
  /** In order of the file. A row that stands twice in it is one entry, met twice. */
  visits: Visit[];
}

interface Row {
  event_time: string;
  event_type: string;
  product_id: string;
  category_id: string;
  category_code: string;
  brand: string;
  price: string;
  user_id: string;
  user_session: string;
}

const COLUMNS =
  "event_time event_type product_id category_id category_code brand price user_id user_session".split(" ");

const NAMES: Readonly<Record<string, string>> = {
  view: "Product Viewed",
  cart: "Product Added",
  remove_from_cart: "Product Removed",
  purchase: "Order Completed",
};

/** Reads a CSV of the REES46 shop data, plain or gzipped: who did what, at the instants of the file. */
export async function readRees46(file: string): Promise<Person[]> {
  const people = new Map<string, PersonReader>();
  for await (const row of rowsOf(file)) {
    let person = people.get(row.user_id);
    if (!person) people.set(row.user_id, (person = new PersonReader(row.user_id)));
    person.read(row);
  }
  if (people.size === 0) throw new Error(`${file} has no rows`);
  return [...people.values()];
}

async function* rowsOf(file: string): AsyncIterable<Row> {
  const source = createReadStream(file);
  const parser = parse({ columns: checkColumns, bom: true });
  // An error of any part ends the parser with it, and so the loop below.
  const passOn = (): void => {};
  if (file.endsWith(".gz")) pipeline(source, createGunzip(), parser, passOn);
  else pipeline(source, parser, passOn);
  for await (const row of parser) yield row as Row;
}

function checkColumns(header: string[]): string[] {
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new Error(`the file has no column ${missing.join(", ")}`);
  return header;
}

class PersonReader implements Person {
  readonly user: string;
  readonly visits: Visit[] = [];
  readonly #entries = new Map<string, EventEntry>();
  #second = 0;
  #inSecond = 0;

  constructor(user: string) {
    this.user = user;
  }

  read(row: Row): void {
    const id = idOf(row);
    let entry = this.#entries.get(id);
    if (!entry) this.#entries.set(id, (entry = this.#entryOf(row, id)));
    this.visits.push({ session: row.user_session, entry });
  }

  #entryOf(row: Row, id: string): EventEntry {
    const name = NAMES[row.event_type];
    const second = Date.parse(row.event_time.replace(" UTC", "Z").replace(" ", "T"));
    if (name === undefined || Number.isNaN(second))
      throw new Error(`this row is not understood: ${Object.values(row).join()}`);
    // The file knows seconds; what one person did within one of them keeps its order by the ms.
    this.#inSecond = second === this.#second ? Math.min(this.#inSecond + 1, 999) : 0;
    this.#second = second;
    return { type: "event", id, name, timestamp: second + this.#inSecond, properties: propertiesOf(row) };
  }
}

/** The same for the same row, at every run. */
function idOf(row: Row): string {
  return createHash("sha256")
    .update(COLUMNS.map((column) => row[column as keyof Row]).join("\n"))
    .digest("hex")
    .slice(0, 32);
}

function propertiesOf(row: Row): Record<string, Json> {
  const price = Number(row.price);
  const product: Record<string, Json> = {
    product_id: row.product_id,
    ...(row.category_code !== "" && { category: row.category_code }),
    ...(row.brand !== "" && { brand: row.brand }),
    price,
  };
  if (row.event_type !== "purchase") return product;
  return { order_id: row.user_session, total: price, revenue: price, products: [product] };
}
