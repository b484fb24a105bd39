import { log } from "../ops/log.ts";

/**
 * Forward only, one statement list a version; what has run once never changes. Where the same tables are written otherwise, so that
 * an earlier worker would read them wrongly, that is a version as well, without a statement.
 */
const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE entry (
       n INTEGER PRIMARY KEY,
       id TEXT NOT NULL UNIQUE,
       timestamp INTEGER NOT NULL,
       device TEXT NOT NULL,
       body TEXT NOT NULL
     )`,
    `CREATE TABLE value (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID`,
    `CREATE TABLE transition (
       n INTEGER PRIMARY KEY,
       segment TEXT NOT NULL,
       change TEXT NOT NULL,
       at INTEGER NOT NULL
     )`,
  ],
  [
    `CREATE TABLE device (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID`,
    `INSERT INTO device (id, body)
       SELECT substr(name, 8), json_object('state', 'joined') FROM value WHERE name LIKE 'joined %'`,
    `DELETE FROM value WHERE name LIKE 'joined %'`,
  ],
  [
    `CREATE TABLE outbox (
       n INTEGER PRIMARY KEY,
       key TEXT NOT NULL UNIQUE,
       segment TEXT NOT NULL,
       change TEXT NOT NULL,
       at INTEGER NOT NULL,
       queued INTEGER
     )`,
    `CREATE TABLE outbox_note (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID`,
  ],
  // An id of 32 hex digits lies there as its 16 bytes.
  ["id", "device"].map(
    (column) =>
      `UPDATE entry SET ${column} = unhex(${column})
         WHERE typeof(${column}) = 'text' AND length(${column}) = 32 AND ${column} NOT GLOB '*[^0-9a-f]*'`,
  ),
  [
    // What a journey is to send lies beside the transitions that a receiver is to learn of.
    `ALTER TABLE outbox ADD COLUMN effect TEXT`,
    ...["journey_run", "journey_version", "journey_note"].map(
      (table) => `CREATE TABLE ${table} (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID`,
    ),
  ],
];

/**
 * Brings a database to the present version. Where it has that already, as at nearly every wake, nothing is written. Throws where a
 * later version of the worker has been at it, as after a rollback: what cannot be read is not written to.
 */
export function migrate(storage: DurableObjectStorage): void {
  const { sql } = storage;
  const version = isKept(storage)
    ? (sql.exec<{ version: number | null }>("SELECT max(version) AS version FROM migration").one().version ??
      0)
    : 0;
  if (version > MIGRATIONS.length) {
    log({ event: "database_newer", version, known: MIGRATIONS.length });
    throw new Error("the database is of a later version of the worker");
  }
  if (version === MIGRATIONS.length) return;
  storage.transactionSync(() => {
    sql.exec("CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY)");
    MIGRATIONS.slice(version).forEach((statements, at) => {
      for (const statement of statements) sql.exec(statement);
      sql.exec("INSERT INTO migration (version) VALUES (?)", version + at + 1);
    });
  });
}

/** Whether anything is kept here: looking for a profile that there is not makes none. */
export function isKept({ sql }: DurableObjectStorage): boolean {
  return sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'migration'").toArray().length > 0;
}
