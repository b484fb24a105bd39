import type { Member, Membership, MemberState } from "./audience-object.ts";

/** How long it is known of who has gone that they did, ms: until nothing that was sent before can still be on its way. */
const GONE_KEPT = 36e5;

/** Who is in what, of one shard. Synchronous, each call whole or not at all. */
export interface Members {
  /** Gives the version that stands against this one, where one does. `now` in ms. */
  put(member: string, state: MemberState, now: number): number | undefined;
  remove(member: string, now: number): void;
  counts(): Record<string, number>;
  list(segment: string, after: string, limit: number): Member[];
  /** When the next of those who have gone is to be forgotten, ms. */
  nextForgotten(): number | undefined;
  forgetGone(now: number): void;
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS member (
     member TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     id TEXT NOT NULL,
     version INTEGER NOT NULL,
     marketing INTEGER NOT NULL,
     memberships TEXT NOT NULL
   ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS membership (
     segment TEXT NOT NULL,
     member TEXT NOT NULL,
     since INTEGER NOT NULL,
     PRIMARY KEY (segment, member)
   ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS tally (segment TEXT PRIMARY KEY, members INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS gone (
     member TEXT PRIMARY KEY,
     version INTEGER NOT NULL,
     until INTEGER NOT NULL
   ) WITHOUT ROWID`,
];

/** A shard's members in its Durable Object's SQLite. Segments are tallied as they change: no count walks through a shard. */
export function sqliteMembers(storage: DurableObjectStorage): Members {
  const { sql } = storage;
  storage.transactionSync(() => TABLES.forEach((table) => sql.exec(table)));
  const whole = <Result>(work: () => Result): Result => storage.transactionSync(work);
  return {
    put: (member, state, now) => whole(() => put(sql, member, state, now)),
    remove: (member, now) =>
      whole(() => leave(sql, member, Math.max(heldVersion(sql, member)?.version ?? 0, now), now)),
    counts: () =>
      Object.fromEntries(
        sql
          .exec<{ segment: string; members: number }>("SELECT segment, members FROM tally WHERE members > 0")
          .toArray()
          .map(({ segment, members }) => [segment, members]),
      ),
    list: (segment, after, limit) => list(sql, segment, after, limit),
    nextForgotten: () =>
      sql.exec<{ next: number | null }>("SELECT min(until) AS next FROM gone").one().next ?? undefined,
    forgetGone: (now) => void sql.exec("DELETE FROM gone WHERE until <= ?", now),
  };
}

function put(sql: SqlStorage, member: string, state: MemberState, now: number): number | undefined {
  const { address, version, memberships, marketing } = state;
  const held = heldVersion(sql, member);
  // The same version again is a repeat; but of a profile that was erased meanwhile, it is another one.
  const isRepeat = held?.version === version && held.isGone === (memberships.length === 0);
  if (isRepeat) return undefined;
  if (held && held.version >= version) return held.version;
  if (memberships.length === 0) return void leave(sql, member, version, now);
  changeMemberships(sql, member, memberships);
  sql.exec("DELETE FROM gone WHERE member = ?", member);
  sql.exec(
    `INSERT OR REPLACE INTO member (member, kind, id, version, marketing, memberships) VALUES (?, ?, ?, ?, ?, ?)`,
    member,
    address.kind,
    address.id,
    version,
    marketing ? 1 : 0,
    JSON.stringify(memberships),
  );
  return undefined;
}

function leave(sql: SqlStorage, member: string, version: number, now: number): void {
  changeMemberships(sql, member, []);
  sql.exec("DELETE FROM member WHERE member = ?", member);
  sql.exec(
    "INSERT OR REPLACE INTO gone (member, version, until) VALUES (?, ?, ?)",
    member,
    version,
    now + GONE_KEPT,
  );
}

/** Makes the difference to what is held of a member, in the memberships and in the tallies. */
function changeMemberships(sql: SqlStorage, member: string, memberships: readonly Membership[]): void {
  const [row] = sql
    .exec<{ memberships: string }>("SELECT memberships FROM member WHERE member = ?", member)
    .toArray();
  const before = row ? (JSON.parse(row.memberships) as Membership[]) : [];
  const [was, is] = [before, memberships].map((list) => new Set(list.map(({ segment }) => segment)));
  for (const { segment } of before)
    if (!is!.has(segment)) {
      sql.exec("DELETE FROM membership WHERE segment = ? AND member = ?", segment, member);
      tally(sql, segment, -1);
    }
  for (const { segment, since } of memberships) {
    sql.exec(
      "INSERT OR REPLACE INTO membership (segment, member, since) VALUES (?, ?, ?)",
      segment,
      member,
      since,
    );
    if (!was!.has(segment)) tally(sql, segment, 1);
  }
}

function tally(sql: SqlStorage, segment: string, by: 1 | -1): void {
  sql.exec(
    `INSERT INTO tally (segment, members) VALUES (?, ?)
       ON CONFLICT (segment) DO UPDATE SET members = members + excluded.members`,
    segment,
    by,
  );
}

function heldVersion(sql: SqlStorage, member: string): { version: number; isGone: boolean } | undefined {
  const [row] = sql
    .exec<{ version: number; isGone: number }>(
      `SELECT version, 0 AS isGone FROM member WHERE member = ?
         UNION ALL SELECT version, 1 FROM gone WHERE member = ?`,
      member,
      member,
    )
    .toArray();
  return row && { version: row.version, isGone: row.isGone === 1 };
}

interface MemberRow extends Record<string, SqlStorageValue> {
  member: string;
  kind: "device" | "customer";
  id: string;
  since: number;
  marketing: number;
}

function list(sql: SqlStorage, segment: string, after: string, limit: number): Member[] {
  return sql
    .exec<MemberRow>(
      `SELECT member, kind, id, since, marketing FROM membership JOIN member USING (member)
         WHERE segment = ? AND member > ? ORDER BY member LIMIT ?`,
      segment,
      after,
      limit,
    )
    .toArray()
    .map(({ member, kind, id, since, marketing }) => ({
      member,
      address: { kind, id },
      since,
      marketing: marketing === 1,
    }));
}
