import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What the objects of profiles are on disk; means of one. */
export interface StoredProfiles {
  /** Those that hold entries. */
  profiles: number;
  bytes: number;
  entries: number;
  /** Changes of membership that are kept to look back on. */
  transitions: number;
  /** Those of devices that have joined a customer: no more than a word of where they went. */
  joined: number;
  joinedBytes: number;
}

/** Measures the databases of profiles, which nobody may be writing to. */
export async function measureStored(objects: string): Promise<StoredProfiles> {
  const folder = join(objects, "Profile");
  const [full, joined] = [
    { count: 0, bytes: 0, entries: 0, transitions: 0 },
    { count: 0, bytes: 0 },
  ];
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".sqlite") || name === "metadata.sqlite") continue;
    const database = new DatabaseSync(join(folder, name));
    const entries = rowsIn(database, "entry");
    full.transitions += rowsIn(database, "transition");
    // With what its log will have brought.
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    const sums = entries > 0 ? full : joined;
    sums.count++;
    sums.bytes += (await stat(join(folder, name))).size;
    full.entries += entries;
  }
  return {
    profiles: full.count,
    bytes: full.bytes / full.count,
    entries: full.entries / full.count,
    transitions: full.transitions / full.count,
    joined: joined.count,
    joinedBytes: joined.bytes / joined.count,
  };
}

function rowsIn(database: DatabaseSync, table: "entry" | "transition"): number {
  return (database.prepare(`SELECT count(*) AS found FROM ${table}`).get() as { found: number }).found;
}
