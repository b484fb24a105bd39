import type { JourneyEffect } from "@murmur/core";
import type { JourneyMessage, OutboxStore, Outgoing, Webhook } from "./outbox-store.ts";

/** Of a journey's message, `segment` is the journey and `at` the instant at which it was due. */
type Row = Webhook & { effect: string | null } & Record<string, SqlStorageValue>;

const COLUMNS = "key, segment, change, at, effect";

/** The outbox in a profile's own SQLite, whose tables the profile's migrations make. */
export function sqliteOutboxStore(sql: SqlStorage): OutboxStore {
  const read = (rest: string, ...values: SqlStorageValue[]): Outgoing[] =>
    sql
      .exec<Row>(`SELECT ${COLUMNS} FROM outbox WHERE ${rest}`, ...values)
      .toArray()
      .map(outgoing);
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
    add(added) {
      const values =
        "effect" in added
          ? [added.effect.journey, "effect", added.effect.dueAt, JSON.stringify(added.effect)]
          : [added.segment, added.change, added.at, null];
      const insert = `INSERT INTO outbox (${COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING n`;
      return sql.exec(insert, added.key, ...values).toArray().length > 0;
    },
    waiting: (limit) => read("queued IS NULL ORDER BY n LIMIT ?", limit),
    markQueued(outgoing, at) {
      for (const { key } of outgoing) sql.exec("UPDATE outbox SET queued = ? WHERE key = ?", at, key);
    },
    find: (key) => read("key = ?", key)[0],
    effects: () => read("effect IS NOT NULL ORDER BY n") as JourneyMessage[],
    queuedSince: () =>
      sql.exec<{ since: number | null }>("SELECT min(queued) AS since FROM outbox").one().since ?? undefined,
    remove: (key) => remove("key = ?", key),
    removeQueuedBefore: (instant) => remove("queued <= ?", instant),
    withdraw: (unwanted) =>
      unwanted
        ? remove("segment = ? AND effect ->> '$.run' < ?", unwanted.journey, unwanted.before)
        : remove("effect IS NOT NULL"),
    withdrawMessages: () => remove("effect ->> '$.action.kind' = 'send'"),
    readdressMessages: (to) =>
      void sql.exec(
        `UPDATE outbox SET effect = json_set(effect, '$.action.to', ?1)
           WHERE effect ->> '$.action.kind' = 'send' AND effect ->> '$.action.to' <> ?1`,
        to,
      ),
    retract: (what) => remove(what ? "change = 'entered'" : "change <> 'exited'"),
    clear: () => remove("true"),
    depth: () => sql.exec<{ depth: number }>("SELECT count(*) AS depth FROM outbox").one().depth,
  };
}

function outgoing({ effect, ...webhook }: Row): Outgoing {
  return effect === null
    ? (webhook as Webhook)
    : { key: webhook.key, effect: JSON.parse(effect) as JourneyEffect };
}
