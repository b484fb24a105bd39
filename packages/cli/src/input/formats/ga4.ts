import { GA4_EVENTS, type Entry, type Json } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";
import { lineId } from "../line-id.ts";
import { isMembers, type Members } from "./members.ts";

/** GA4's recommended events as those of the Segment spec; others keep their names. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...GA4_EVENTS,
    page_view: "Page Viewed",
    screen_view: "Screen Viewed",
    login: "Signed In",
    sign_up: "Signed Up",
  }),
);

const ITEM: Readonly<Record<string, string>> = {
  product_id: "item_id",
  name: "item_name",
  brand: "item_brand",
  category: "item_category",
  variant: "item_variant",
  price: "price",
  quantity: "quantity",
  coupon: "coupon",
};

const ORDER: Readonly<Record<string, string>> = {
  order_id: "transaction_id",
  revenue: "purchase_revenue",
  tax: "tax_value",
  shipping: "shipping_value",
};

/**
 * GA4's BigQuery export, its `events_*` tables as newline-delimited JSON
 * (https://support.google.com/analytics/answer/7029846). Who has a `user_id` is known by it, also for what the same
 * `user_pseudo_id` did before; rows of one day stand in no order.
 */
export const ga4: Format<unknown> = {
  name: "ga4",
  description: "GA4's BigQuery export as newline-delimited JSON",
  rows: "json-lines",
  unordered: true,
  matches: ({ json }) => isMembers(json) && "event_timestamp" in json && "event_name" in json,
  reader: (options) => new ExportReader(options),
};

class ExportReader implements RowReader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  row(row: unknown, line: number): void {
    const { sink, file } = this.#options;
    if (!isMembers(row)) return sink.bad(line, "is no JSON object");
    const event = row["event_name"];
    if (typeof event !== "string" || event === "") return sink.bad(line, "no event_name");
    const timestamp = instantOf(String(row["event_timestamp"]));
    if (timestamp === undefined)
      return sink.bad(
        line,
        `event_timestamp ${JSON.stringify(row["event_timestamp"])} is no number of microseconds`,
      );
    const user = textOf(row["user_id"]);
    const device = textOf(row["user_pseudo_id"]);
    if (user === undefined && device === undefined)
      return sink.skip("neither user_id nor user_pseudo_id: no consent to say who it was");
    if (user !== undefined && device !== undefined) sink.same?.(device, user);
    const name = NAMES.get(event) ?? event;
    bodies(name, row).forEach((properties, part) => {
      const own = event === "purchase" ? orderId(properties["order_id"]) : undefined;
      const entry: Entry = {
        type: "event",
        id: own ?? lineId(file, line, part ? `-${part}` : ""),
        name,
        timestamp,
        properties,
      };
      sink.entry((user ?? device)!, entry, line);
    });
  }
}

/** The properties of a row's event: of a product's event, one for each of its products. */
function bodies(name: string, row: Members): Record<string, Json>[] {
  const own = params(row["event_params"]);
  const items = Array.isArray(row["items"])
    ? row["items"].filter(isMembers).map((item) => picked(item, ITEM))
    : [];
  const products = items.filter((item) => item["product_id"] ?? item["name"]);
  if (/^Product (?!List)/.test(name) && products.length > 0)
    return products.map((product) => ({ ...own, ...product }));
  const { page_location: url, search_term: query } = own;
  const order = isMembers(row["ecommerce"]) ? picked(row["ecommerce"], ORDER) : {};
  const { revenue = own["value"], tax = 0, shipping = 0 } = order;
  return [
    {
      ...own,
      ...(typeof url === "string" && { url, path: pathOf(url) }),
      ...(query !== undefined && { query }),
      ...(name.startsWith("Order") && order),
      // GA4's revenue leaves out tax and shipping, as the spec's does. Cents do not add up exactly.
      ...(name.startsWith("Order") &&
        typeof revenue === "number" && { revenue, total: Number((revenue + +tax! + +shipping!).toFixed(4)) }),
      ...(products.length > 0 && { products }),
    },
  ];
}

/** The id by which the tag, too, counts an order once, however often its page is loaded; none of what no shop means. */
function orderId(id: Json | undefined): string | undefined {
  return typeof id === "string" && !/^(?:undefined|null|NaN|0)$/i.test(id) ? `order:${id}` : undefined;
}

function params(list: unknown): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const param of Array.isArray(list) ? list : []) {
    if (!isMembers(param) || !isMembers(param["value"])) continue;
    const { string_value: text, int_value: whole, float_value: float, double_value: double } = param["value"];
    // BigQuery writes 64-bit integers as texts.
    const value = text ?? (whole === null || whole === undefined ? (double ?? float) : Number(whole));
    if (value !== null && value !== undefined) found[String(param["key"])] = value as Json;
  }
  return found;
}

function picked(source: Members, names: Readonly<Record<string, string>>): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const [name, key] of Object.entries(names)) {
    const value = source[key];
    if (value === null || value === undefined || value === "" || value === "(not set)") continue;
    found[name] = ["price", "quantity", "revenue", "tax", "shipping"].includes(name)
      ? Number(value)
      : (value as Json);
  }
  return found;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}
