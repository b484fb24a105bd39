/** How long it is known of who has gone that they did, ms: until nothing that was sent before can still be on its way. */
const GONE_KEPT = 36e5;

const GONE = `CREATE TABLE IF NOT EXISTS gone (
  member TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  until INTEGER NOT NULL
) WITHOUT ROWID`;

/** Which state of each member a shard holds: states may come twice, late and in any order, and the highest version counts. */
export interface MemberVersions {
  /** Whether a state is to be taken; it `repeats` what is held; or else the version that stands against it. */
  judge(member: string, version: number, isGone: boolean): "new" | "repeats" | number;
  /** A member has gone, at the machine's clock `now`, ms; in a version that nothing which was sent before overtakes. */
  leave(member: string, version: number, now: number): void;
  /** The same without being told in which version. */
  remove(member: string, now: number): void;
  /** A member that had gone is there again. */
  come(member: string): void;
  /** When the next of those who have gone is to be forgotten, ms. */
  nextForgotten(): number | undefined;
  forgetGone(now: number): void;
}

/** Beside a table `member`, which has the columns `member` and `version`. */
export function memberVersions(sql: SqlStorage): MemberVersions {
  sql.exec(GONE);
  const leave = (member: string, version: number, now: number): void => {
    sql.exec("DELETE FROM member WHERE member = ?", member);
    sql.exec(
      "INSERT OR REPLACE INTO gone (member, version, until) VALUES (?, ?, ?)",
      member,
      version,
      now + GONE_KEPT,
    );
  };
  return {
    judge(member, version, isGone) {
      const held = heldVersion(sql, member);
      // The same version again is a repeat; but of a profile that was erased meanwhile, it is another one.
      if (held?.version === version && held.isGone === isGone) return "repeats";
      return held && held.version >= version ? held.version : "new";
    },
    leave,
    remove: (member, now) => leave(member, Math.max(heldVersion(sql, member)?.version ?? 0, now), now),
    come: (member) => void sql.exec("DELETE FROM gone WHERE member = ?", member),
    nextForgotten: () =>
      sql.exec<{ next: number | null }>("SELECT min(until) AS next FROM gone").one().next ?? undefined,
    forgetGone: (now) => void sql.exec("DELETE FROM gone WHERE until <= ?", now),
  };
}

/** For how long those who have gone are gathered to be forgotten at once, ms: each time, all of them are looked through. */
const TOGETHER = 10 * 60_000;

/** Sets an alarm, where none is set, for when the next of those who have gone is to be forgotten, with those of the minutes after it. */
export async function armToForget(
  storage: DurableObjectStorage,
  { nextForgotten }: Pick<MemberVersions, "nextForgotten">,
): Promise<void> {
  // First: all who have gone are looked through for the next one, and it stands for them as well.
  if ((await storage.getAlarm()) !== null) return;
  const next = nextForgotten();
  if (next !== undefined) await storage.setAlarm(next + TOGETHER);
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
