import type { OutboxStore, Webhook } from "./outbox-store.ts";

type Row = Webhook & Record<string, SqlStorageValue>;

const COLUMNS = "key, segment, change, at";

/** The outbox in a profile's own SQLite, whose tables the profile's migrations make. */
export function sqliteOutboxStore(sql: SqlStorage): OutboxStore {
  const read = (rest: string, value: SqlStorageValue): Webhook[] =>
    sql.exec<Row>(`SELECT ${COLUMNS} FROM outbox WHERE ${rest}`, value).toArray();
  const remove = (which: string, ...values: SqlStorageValue[]): number =>
    sql.exec(`DELETE FROM outbox WHERE ${which} RETURNING n`, ...values).toArray().length;
  return {
    get(name) {
      const [row] = sql.exec<{ body: string }>("SELECT body FROM outbox_note WHERE name = ?", name).toArray();
      return row && JSON.parse(row.body);
    },
    put(name, value) {
      sql.exec(
        "INSERT INTO outbox_note (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
        name,
        JSON.stringify(value),
      );
    },
    drop: (name) => void sql.exec("DELETE FROM outbox_note WHERE name = ?", name),
    add({ key, segment, change, at }) {
      sql.exec(`INSERT INTO outbox (${COLUMNS}) VALUES (?, ?, ?, ?)`, key, segment, change, at);
    },
    waiting: (limit) => read("queued IS NULL ORDER BY n LIMIT ?", limit),
    markQueued(webhooks, at) {
      for (const { key } of webhooks) sql.exec("UPDATE outbox SET queued = ? WHERE key = ?", at, key);
    },
    find: (key) => read("key = ?", key)[0],
    remove: (key) => remove("key = ?", key),
    removeQueuedBefore: (instant) => remove("queued < ?", instant),
    clear: () => remove("true"),
    depth: () => sql.exec<{ depth: number }>("SELECT count(*) AS depth FROM outbox").one().depth,
  };
}
