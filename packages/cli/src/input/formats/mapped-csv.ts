import type { Json } from "@murmur/core";
import { UsageError } from "../../terminal/usage-error.ts";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";
import { lineId } from "../line-id.ts";
import type { ColumnMapping } from "../mapping/column-mapping.ts";
import { ownText } from "../own-texts.ts";

/** What columns are mostly called, for files that come without a mapping. */
const USUAL: Readonly<Record<"profile" | "timestamp" | "event" | "id", readonly string[]>> = {
  profile: [
    "profile",
    "profile_id",
    "user_id",
    "userId",
    "customer_id",
    "customerId",
    "CustomerID",
    "anonymous_id",
  ],
  timestamp: ["timestamp", "time", "event_time", "created_at", "date", "occurred_at"],
  event: ["event", "event_name", "event_type", "name"],
  id: ["id", "event_id", "message_id", "messageId"],
};

/** CSV of any kind, by a mapping of its columns. */
export const mappedCsv: Format<string[]> = {
  name: "csv",
  description: "CSV with a header; columns by --map or --mapping, or by their usual names",
  rows: "csv",
  matches: ({ columns }) => columns.length > 1,
  reader: (options) => new MappedReader(options, options.mapping ?? usualMapping(options.columns)),
};

/** Characters of columns' names that are told. */
const LONGEST_LIST = 500;

function usualMapping(columns: readonly string[]): ColumnMapping {
  const found = (what: keyof typeof USUAL): string | undefined =>
    USUAL[what].find((name) => columns.includes(name));
  const [profile, timestamp, event] = [found("profile"), found("timestamp"), found("event")];
  if (profile === undefined || timestamp === undefined || event === undefined) {
    const missing = Object.entries({ profile, timestamp, event }).filter(
      ([, column]) => column === undefined,
    );
    throw new UsageError(
      `which column is the ${missing.map(([what]) => what).join(", which the ")}? The file has ${listed(columns)}: ` +
        `write ${missing.map(([what]) => `--map ${what}=<column>`).join(" ")}`,
    );
  }
  return { profile, timestamp, event, id: found("id") };
}

class MappedReader implements RowReader<string[]> {
  readonly #options: ReaderOptions;
  readonly #mapping: ColumnMapping;
  // Columns by their position, named one by one: every row asks for them. -1 is none.
  readonly #profile: number;
  readonly #timestamp: number;
  readonly #event: number;
  readonly #id: number;
  readonly #names: ReadonlyMap<string, string>;
  readonly #properties: readonly { name: string; column: number }[];

  constructor(options: ReaderOptions, mapping: ColumnMapping) {
    this.#options = options;
    this.#mapping = mapping;
    const at = (column: string | undefined): number =>
      column === undefined ? -1 : position(options, column);
    this.#profile = at(mapping.profile);
    this.#timestamp = at(mapping.timestamp);
    this.#event = at(mapping.event);
    this.#id = at(mapping.id);
    this.#names = new Map(Object.entries(mapping.names ?? {}));
    const own = mapping.properties ?? otherColumns(options.columns, mapping);
    this.#properties = Object.entries(own).map(([name, column]) => ({
      name,
      column: position(options, column),
    }));
  }

  row(fields: string[], line: number): void {
    const { sink, file } = this.#options;
    const profile = fields[this.#profile]!.trim();
    if (profile === "") return sink.bad(line, `no ${this.#mapping.profile}: nobody's`);
    const timestamp = instantOf(fields[this.#timestamp]);
    if (timestamp === undefined)
      return sink.bad(
        line,
        `${this.#mapping.timestamp} ${JSON.stringify(fields[this.#timestamp])} is no instant`,
      );
    const name = this.#mapping.name ?? this.#nameOf(fields);
    if (name === "") return sink.bad(line, `no ${this.#mapping.event}: what happened?`);
    const own = this.#id < 0 ? "" : fields[this.#id]!.trim();
    const id = own === "" ? lineId(file, line) : ownText(own);
    sink.entry(profile, { type: "event", id, name, timestamp, properties: this.#propertiesOf(fields) }, line);
  }

  #nameOf(fields: readonly string[]): string {
    const value = fields[this.#event]!.trim();
    return this.#names.get(value) ?? value;
  }

  #propertiesOf(fields: readonly string[]): Record<string, Json> {
    const properties: Record<string, Json> = {};
    for (const { name, column } of this.#properties) {
      const text = fields[column]!.trim();
      if (text !== "") properties[name] = valueOf(text, this.#options.decimalCommas);
    }
    return properties;
  }
}

function position({ columns }: ReaderOptions, column: string): number {
  const at = columns.indexOf(column);
  if (at < 0) throw new UsageError(`the file has no column ${column}: it has ${listed(columns)}`);
  if (columns.includes(column, at + 1))
    throw new UsageError(
      `the file has two columns ${column}: rename one, for which of them is meant cannot be known`,
    );
  return at;
}

/** Columns by name, as far as a message has room for them: what is no CSV has odd ones. */
function listed(columns: readonly string[]): string {
  const text = columns.join(", ");
  return text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)} …` : text;
}

function otherColumns(columns: readonly string[], mapping: ColumnMapping): Record<string, string> {
  const { profile, timestamp, event, id } = mapping;
  const others = columns.filter(
    (column) => column !== "" && ![profile, timestamp, event, id].includes(column),
  );
  return Object.fromEntries(others.map((column) => [column, column]));
}

const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/;
const NUMBER_WITH_COMMA = /^-?(?:0|[1-9]\d{0,14}),\d+$/;
/** What spreadsheets set apart for people: groups of three, with decimals behind, so that it can be nothing else. */
const GROUPED = /^-?[1-9]\d{0,2}(?:,\d{3}){1,4}\.\d+$/;
const GROUPED_WITH_COMMA = /^-?[1-9]\d{0,2}(?:\.\d{3}){1,4},\d+$/;

/** Numbers as numbers, `true` and `false` as such; what has a zero in front, as a postcode may, is a text. */
function valueOf(text: string, decimalCommas = false): Json {
  if (NUMBER.test(text)) return Number(text);
  if (GROUPED.test(text)) return Number(text.replaceAll(",", ""));
  if (decimalCommas && (NUMBER_WITH_COMMA.test(text) || GROUPED_WITH_COMMA.test(text)))
    return Number(text.replaceAll(".", "").replace(",", "."));
  return text === "true" ? true : text === "false" ? false : text;
}
