import { memberVersions, type MemberVersions } from "../shards/member-versions.ts";
import type { Contribution } from "./contribution.ts";
import type { ContributionState } from "./experiment-object.ts";
import { addTallies, emptyTally, type Tally } from "./tally.ts";

/** What a shard's members contribute. Synchronous, each call whole or not at all. */
export interface Contributions extends Pick<MemberVersions, "remove" | "nextForgotten" | "forgetGone"> {
  /** Gives the version that stands against this one, where one does. `now` in ms. */
  put(member: string, state: ContributionState, now: number): number | undefined;
  tallies(experiment?: string): Tally[];
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS member (
     member TEXT PRIMARY KEY,
     version INTEGER NOT NULL,
     contributions TEXT NOT NULL
   ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS tally (
     experiment TEXT NOT NULL,
     variant TEXT NOT NULL,
     exposed INTEGER NOT NULL,
     converted INTEGER NOT NULL,
     conversions INTEGER NOT NULL,
     value TEXT NOT NULL,
     squares TEXT NOT NULL,
     PRIMARY KEY (experiment, variant)
   ) WITHOUT ROWID`,
];

/** A shard's contributions in its Durable Object's SQLite. They are tallied as they change, exactly: no count walks through them. */
export function sqliteContributions(storage: DurableObjectStorage): Contributions {
  const { sql } = storage;
  const whole = <Result>(work: () => Result): Result => storage.transactionSync(work);
  const versions = whole(() => {
    TABLES.forEach((table) => sql.exec(table));
    return memberVersions(sql);
  });
  return {
    put: (member, { version, contributions }, now) =>
      whole(() => {
        const judged = versions.judge(member, version, contributions.length === 0);
        if (judged === "repeats") return undefined;
        if (judged !== "new") return judged;
        change(sql, member, contributions);
        if (contributions.length === 0) return void versions.leave(member, version, now);
        versions.come(member);
        sql.exec(
          "INSERT OR REPLACE INTO member (member, version, contributions) VALUES (?, ?, ?)",
          member,
          version,
          JSON.stringify(contributions),
        );
        return undefined;
      }),
    remove: (member, now) =>
      whole(() => {
        change(sql, member, []);
        versions.remove(member, now);
      }),
    tallies: (experiment) => talliesIn(sql, experiment),
    nextForgotten: versions.nextForgotten,
    forgetGone: versions.forgetGone,
  };
}

/** Takes what a member contributed before out of the tallies, and adds what it does now. */
function change(sql: SqlStorage, member: string, contributions: readonly Contribution[]): void {
  const [row] = sql
    .exec<{ contributions: string }>("SELECT contributions FROM member WHERE member = ?", member)
    .toArray();
  const before = row ? (JSON.parse(row.contributions) as Contribution[]) : [];
  for (const contribution of before) tally(sql, tallyOf(contribution, -1));
  for (const contribution of contributions) tally(sql, tallyOf(contribution, 1));
}

/** What one profile comes to, to be added or taken away. */
function tallyOf({ experiment, variant, conversions, value }: Contribution, sign: 1 | -1): Tally {
  const [worth, times] = [BigInt(value), BigInt(sign)];
  return {
    experiment,
    variant,
    exposed: sign,
    converted: conversions > 0 ? sign : 0,
    conversions: sign * conversions,
    value: String(times * worth),
    squares: String(times * worth * worth),
  };
}

function tally(sql: SqlStorage, more: Tally): void {
  const { experiment, variant } = more;
  const [held] = sql
    .exec<TallyRow>("SELECT * FROM tally WHERE experiment = ? AND variant = ?", experiment, variant)
    .toArray();
  const { exposed, converted, conversions, value, squares } = addTallies(
    held ?? emptyTally(experiment, variant),
    more,
  );
  sql.exec(
    `INSERT OR REPLACE INTO tally (experiment, variant, exposed, converted, conversions, value, squares)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    experiment,
    variant,
    exposed,
    converted,
    conversions,
    value,
    squares,
  );
}

type TallyRow = Tally & Record<string, SqlStorageValue>;

function talliesIn(sql: SqlStorage, experiment: string | undefined): Tally[] {
  const rows =
    experiment === undefined
      ? sql.exec<TallyRow>("SELECT * FROM tally WHERE exposed > 0")
      : sql.exec<TallyRow>("SELECT * FROM tally WHERE exposed > 0 AND experiment = ?", experiment);
  return rows.toArray();
}
