import { entryProblem, problemMessage, type Entry } from "@murmur/core";
import type { Format, ReaderOptions, RowReader } from "../format.ts";
import { instantOf } from "../instant.ts";
import { lineId } from "../line-id.ts";
import { isMembers, type Members } from "./members.ts";

/**
 * Entries as the language has them, one a line, with whose they are: `{ "profile", "type"?, "id"?, "timestamp", "name" and
 * "properties" or "traits" }`. With a mapping, members of other names, dotted paths too.
 */
export const murmurEntries: Format<unknown> = {
  name: "ndjson",
  description: "one entry a line: profile, timestamp, name and properties, or traits; or by --map",
  rows: "json-lines",
  matches: ({ json }) => isMembers(json) && ("profile" in json || "name" in json || "traits" in json),
  reader: (options) => new EntryReader(options),
};

class EntryReader implements RowReader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  row(value: unknown, line: number): void {
    const { sink, mapping, file } = this.#options;
    if (!isMembers(value)) return sink.bad(line, "is no JSON object");
    const source = mapping ? mapped(value, mapping) : value;
    const { profile } = source;
    if ((typeof profile !== "string" || profile === "") && typeof profile !== "number")
      return sink.bad(line, "profile must be the id of the customer");
    const type = source["type"] ?? ("traits" in source ? "identify" : "event");
    const entry = {
      ...source,
      type,
      id: source["id"] ?? lineId(file, line),
      timestamp: instantOf(source["timestamp"]),
    };
    delete (entry as Members)["profile"];
    const problem = entryProblem(entry);
    if (problem) return sink.bad(line, problemMessage(problem));
    sink.entry(String(profile), entry as unknown as Entry, line);
  }
}

function mapped(value: Members, mapping: NonNullable<ReaderOptions["mapping"]>): Members {
  const at = (path: string | undefined): unknown =>
    path === undefined
      ? undefined
      : path
          .split(".")
          .reduce<unknown>((holder, key) => (isMembers(holder) ? holder[key] : undefined), value);
  const name = mapping.name ?? at(mapping.event);
  const properties = mapping.properties
    ? Object.fromEntries(
        Object.entries(mapping.properties)
          .map(([property, path]) => [property, at(path)] as const)
          .filter(([, found]) => found !== undefined),
      )
    : value;
  return {
    profile: at(mapping.profile),
    timestamp: at(mapping.timestamp),
    name: mapping.names?.[String(name)] ?? name,
    properties,
    ...(mapping.id !== undefined && { id: at(mapping.id) }),
  };
}
