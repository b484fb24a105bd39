import { freshJourneys, type JourneyRun, type JourneysState } from "@murmur/core";
import type { JourneyStore } from "./journey-store.ts";

type Row = { name: string; body: string };

/** The state but for its runs and the versions that they follow, which have rows of their own. */
type Rest = Omit<JourneysState, "runs" | "versions">;

/** The tables that the profile's migrations make, each with a name and JSON. */
const TABLES = ["journey_run", "journey_version", "journey_note"] as const;

/** Under which name the rest lies. */
const REST = "state";

export function sqliteJourneyStore(sql: SqlStorage): JourneyStore {
  const read = (table: (typeof TABLES)[number]): [string, unknown][] =>
    sql
      .exec<Row>(`SELECT name, body FROM ${table} ORDER BY name`)
      .toArray()
      .map(({ name, body }) => [name, JSON.parse(body)]);
  /** Makes a table hold `rows` and no others, and writes no more than it must. */
  const write = (table: (typeof TABLES)[number], rows: Rows, before: Rows): void => {
    for (const [name, body] of rows)
      if (before.get(name) !== body)
        sql.exec(
          `INSERT INTO ${table} (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body`,
          name,
          body,
        );
    for (const name of before.keys())
      if (!rows.has(name)) sql.exec(`DELETE FROM ${table} WHERE name = ?`, name);
  };
  return {
    load() {
      const rest = read("journey_note").find(([name]) => name === REST);
      return (
        rest && {
          ...(rest[1] as Rest),
          runs: read("journey_run").map(([, run]) => run as JourneyRun),
          versions: Object.fromEntries(read("journey_version")) as JourneysState["versions"],
        }
      );
    },
    save(state, before) {
      const [now, then] = [rowsOf(state), rowsOf(before ?? freshJourneys())];
      write("journey_run", now.runs, then.runs);
      write("journey_version", now.versions, then.versions);
      write("journey_note", now.rest, before ? then.rest : new Map());
    },
    clear() {
      for (const table of TABLES) sql.exec(`DELETE FROM ${table}`);
    },
  };
}

/** JSON by name. */
type Rows = ReadonlyMap<string, string>;

function rowsOf({ runs, versions, ...rest }: JourneysState): Record<"runs" | "versions" | "rest", Rows> {
  return {
    runs: new Map(runs.map((run) => [run.journey, JSON.stringify(run)])),
    versions: new Map(Object.entries(versions).map(([hash, version]) => [hash, JSON.stringify(version)])),
    rest: new Map([[REST, JSON.stringify(rest)]]),
  };
}
