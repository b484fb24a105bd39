import type { Entry, Transition } from "@murmur/core";
import type { LogStore, StoredEntry } from "./log-store.ts";
import { migrate } from "./migrations.ts";

interface EntryRow extends Record<string, SqlStorageValue> {
  n: number;
  timestamp: number;
  device: string;
  body: string;
}

/** How many transitions are kept to look back on. */
const MAX_TRANSITIONS = 1_000;

/** A profile's log in its Durable Object's own SQLite. */
export function sqliteLogStore(storage: DurableObjectStorage): LogStore {
  const { sql } = storage;
  storage.transactionSync(() => migrate(sql));
  const one = reader(sql);
  return {
    add(entry, device) {
      const { timestamp, ...body } = entry;
      return (
        one(
          "INSERT INTO entry (id, timestamp, device, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING n",
          entry.id,
          timestamp,
          device,
          JSON.stringify(body),
        ) !== undefined
      );
    },
    timestampOf: (id) =>
      one<{ timestamp: number }>("SELECT timestamp FROM entry WHERE id = ?", id)?.timestamp,
    after: (number, limit) =>
      sql
        .exec<EntryRow>(
          "SELECT n, timestamp, device, body FROM entry WHERE n > ? ORDER BY n LIMIT ?",
          number,
          limit,
        )
        .toArray()
        .map(storedEntry),
    *all() {
      for (const row of sql.exec<EntryRow>("SELECT n, timestamp, device, body FROM entry ORDER BY n"))
        yield storedEntry(row).entry;
    },
    lastNumber: () => one<{ n: number | null }>("SELECT max(n) AS n FROM entry")?.n ?? 0,
    get<Value>(name: string) {
      const row = one<{ body: string }>("SELECT body FROM value WHERE name = ?", name);
      return row && (JSON.parse(row.body) as Value);
    },
    put(name, value) {
      sql.exec(
        "INSERT INTO value (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
        name,
        JSON.stringify(value),
      );
    },
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
    transaction: (work) => storage.transactionSync(work),
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

function storedEntry({ n, timestamp, device, body }: EntryRow): StoredEntry {
  return { n, device, entry: { ...(JSON.parse(body) as Entry), timestamp } };
}
