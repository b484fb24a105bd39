import type { Entry, Transition } from "@murmur/core";
import { bodyOf, type DeviceRecord, type LogSize, type LogStore, type StoredEntry } from "./log-store.ts";
import { migrate } from "./migrations.ts";
import { packId, unpackId, type PackedId } from "./packed-id.ts";
import { valuesIn } from "./sqlite-values.ts";

interface EntryRow extends Record<string, SqlStorageValue> {
  n: number;
  id: PackedId;
  timestamp: number;
  device: PackedId;
  body: string;
}

const COLUMNS = "n, id, timestamp, device, body";

/** The next number: above all that are there, and above all that have gone. */
const NEXT = `SELECT max(
  coalesce((SELECT max(n) FROM entry), 0),
  coalesce((SELECT CAST(body AS INTEGER) FROM value WHERE name = 'last-number'), 0)
)`;

/** How many transitions are kept to look back on. */
const MAX_TRANSITIONS = 1_000;

/** A profile's log in its Durable Object's own SQLite. */
export function sqliteLogStore(storage: DurableObjectStorage): LogStore {
  const { sql } = storage;
  migrate(storage);
  return {
    ...entriesIn(sql),
    ...removalIn(sql),
    ...valuesIn(sql),
    ...devicesIn(sql),
    ...transitionsIn(sql),
    transaction: (work) => storage.transactionSync(work),
  };
}

type Entries =
  | "add"
  | "timestampOf"
  | "after"
  | "ofDevice"
  | "upTo"
  | "all"
  | "lastNumber"
  | "size"
  | "instantAt"
  | "instantBefore";

function entriesIn(sql: SqlStorage): Pick<LogStore, Entries> {
  const one = reader(sql);
  const read = (where: string, ...values: unknown[]): StoredEntry[] =>
    sql
      .exec<EntryRow>(`SELECT ${COLUMNS} FROM entry WHERE ${where}`, ...values)
      .toArray()
      .map(storedEntry);
  return {
    add(entry, device) {
      return (
        one(
          `INSERT INTO entry (n, id, timestamp, device, body) VALUES ((${NEXT}) + 1, ?, ?, ?, ?)
             ON CONFLICT (id) DO NOTHING RETURNING n`,
          packId(entry.id),
          entry.timestamp,
          packId(device),
          bodyOf(entry),
        ) !== undefined
      );
    },
    timestampOf: (id) =>
      one<{ timestamp: number }>("SELECT timestamp FROM entry WHERE id = ?", packId(id))?.timestamp,
    after: (number, limit) => read("n > ? ORDER BY n LIMIT ?", number, limit),
    ofDevice: (device, number, limit) =>
      read("device = ? AND n > ? ORDER BY n LIMIT ?", packId(device), number, limit),
    upTo: (timestamp) => read("timestamp <= ? ORDER BY n", timestamp),
    *all() {
      for (const row of sql.exec<EntryRow>(`SELECT ${COLUMNS} FROM entry ORDER BY n`))
        yield storedEntry(row).entry;
    },
    lastNumber: () => one<{ n: number }>(`${NEXT} AS n`)!.n,
    size() {
      const { entries, oldest, bytes } = one<{ entries: number; oldest: number | null; bytes: number }>(
        "SELECT count(*) AS entries, min(timestamp) AS oldest, total(octet_length(body)) AS bytes FROM entry",
      )!;
      return { entries, oldest: oldest ?? Infinity, bytes } satisfies LogSize;
    },
    instantAt: (older) =>
      one<{ timestamp: number }>("SELECT timestamp FROM entry ORDER BY timestamp LIMIT 1 OFFSET ?", older)
        ?.timestamp ?? Infinity,
    instantBefore: (bytes) =>
      one<{ timestamp: number }>(
        `SELECT timestamp FROM (
           SELECT timestamp, sum(octet_length(body)) OVER (ORDER BY timestamp DESC, n DESC ROWS UNBOUNDED PRECEDING) AS held
             FROM entry
         ) WHERE held > ? ORDER BY held LIMIT 1`,
        bytes,
      )?.timestamp ?? -Infinity,
  };
}

function removalIn(sql: SqlStorage): Pick<LogStore, "removeUpTo" | "removeOfDevice" | "clear"> {
  const remove = (where: string, value: unknown): void => {
    sql.exec(
      `INSERT INTO value (name, body) VALUES ('last-number', (${NEXT}))
         ON CONFLICT (name) DO UPDATE SET body = excluded.body`,
    );
    sql.exec(`DELETE FROM entry WHERE ${where}`, value);
  };
  return {
    removeUpTo: (timestamp) => remove("timestamp <= ?", timestamp),
    removeOfDevice: (device) => remove("device = ?", packId(device)),
    clear() {
      for (const table of ["entry", "value", "transition"]) sql.exec(`DELETE FROM ${table}`);
    },
  };
}

function devicesIn(sql: SqlStorage): Pick<LogStore, "device" | "devices" | "putDevice" | "removeDevice"> {
  const read = (rest: string, ...values: unknown[]): DeviceRecord[] =>
    sql
      .exec<{ id: string; body: string }>(`SELECT id, body FROM device ${rest}`, ...values)
      .toArray()
      .map(({ id, body }) => ({ ...(JSON.parse(body) as Omit<DeviceRecord, "id">), id }));
  return {
    device: (id) => read("WHERE id = ?", id)[0],
    devices: () => read("ORDER BY id"),
    putDevice({ id, ...body }) {
      sql.exec(
        "INSERT INTO device (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        id,
        JSON.stringify(body),
      );
    },
    removeDevice: (id) => void sql.exec("DELETE FROM device WHERE id = ?", id),
  };
}

function transitionsIn(
  sql: SqlStorage,
): Pick<LogStore, "addTransitions" | "transitions" | "forgetTransitions"> {
  return {
    addTransitions(transitions) {
      for (const { segment, change, at } of transitions)
        sql.exec("INSERT INTO transition (segment, change, at) VALUES (?, ?, ?)", segment, change, at);
      if (transitions.length > 0)
        sql.exec("DELETE FROM transition WHERE n <= (SELECT max(n) FROM transition) - ?", MAX_TRANSITIONS);
    },
    transitions: (limit) =>
      sql
        .exec("SELECT segment, change, at FROM transition ORDER BY n DESC LIMIT ?", limit)
        .toArray()
        .reverse() as unknown as Transition[],
    forgetTransitions: () => void sql.exec("DELETE FROM transition"),
  };
}

type ReadOne = <Row extends Record<string, SqlStorageValue>>(
  query: string,
  ...values: unknown[]
) => Row | undefined;

/** Reads the first row of an answer. */
function reader(sql: SqlStorage): ReadOne {
  return <Row extends Record<string, SqlStorageValue>>(query: string, ...values: unknown[]) =>
    sql.exec<Row>(query, ...values).toArray()[0];
}

function storedEntry({ n, id, timestamp, device, body }: EntryRow): StoredEntry {
  const said = JSON.parse(body) as object;
  const [name, properties] = Array.isArray(said) ? said : [];
  // Events of the first versions had their words.
  const event = Array.isArray(said) ? { name, ...(properties && { properties }) } : said;
  const entry = { type: "event", ...event, id: unpackId(id), timestamp } as Entry;
  return { n, device: unpackId(device), entry };
}
