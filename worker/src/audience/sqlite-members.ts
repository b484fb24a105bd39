import { memberVersions, type MemberVersions } from "../shards/member-versions.ts";
import type { Member, Membership, MemberState } from "./audience-object.ts";

/** Who is in what, of one shard. Synchronous, each call whole or not at all. */
export interface Members extends Pick<MemberVersions, "remove" | "nextForgotten" | "forgetGone"> {
  /** Gives the version that stands against this one, where one does. `now` in ms. */
  put(member: string, state: MemberState, now: number): number | undefined;
  counts(): Record<string, number>;
  list(segment: string, after: string, limit: number): Member[];
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
];

/** A shard's members in its Durable Object's SQLite. Segments are tallied as they change: no count walks through a shard. */
export function sqliteMembers(storage: DurableObjectStorage): Members {
  const { sql } = storage;
  const whole = <Result>(work: () => Result): Result => storage.transactionSync(work);
  const versions = whole(() => {
    TABLES.forEach((table) => sql.exec(table));
    return memberVersions(sql);
  });
  return {
    put: (member, state, now) => whole(() => put(sql, versions, { member, state, now })),
    remove: (member, now) =>
      whole(() => {
        changeMemberships(sql, member, []);
        versions.remove(member, now);
      }),
    counts: () =>
      Object.fromEntries(
        sql
          .exec<{ segment: string; members: number }>("SELECT segment, members FROM tally WHERE members > 0")
          .toArray()
          .map(({ segment, members }) => [segment, members]),
      ),
    list: (segment, after, limit) => list(sql, segment, after, limit),
    nextForgotten: versions.nextForgotten,
    forgetGone: versions.forgetGone,
  };
}

function put(
  sql: SqlStorage,
  versions: MemberVersions,
  { member, state, now }: { member: string; state: MemberState; now: number },
): number | undefined {
  const { address, version, memberships, marketing } = state;
  const judged = versions.judge(member, version, memberships.length === 0);
  if (judged === "repeats") return undefined;
  if (judged !== "new") return judged;
  changeMemberships(sql, member, memberships);
  if (memberships.length === 0) return void versions.leave(member, version, now);
  versions.come(member);
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
