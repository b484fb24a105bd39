import { env, runInDurableObject } from "cloudflare:test";

export function profileOf(kind: "device" | "customer", id: string): DurableObjectStub {
  return env.PROFILE.get(env.PROFILE.idFromName(`${kind}:${id}`));
}

/** What a profile has on disk: each row of each of its tables as text, and its alarm. */
export function storedIn(stub: DurableObjectStub): Promise<{ rows: string[]; alarm: number | null }> {
  return runInDurableObject(stub, async (_object, { storage }) => {
    const tables = storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
      )
      .toArray();
    const rows = tables.flatMap(({ name }) => [
      name,
      ...storage.sql
        .exec(`SELECT * FROM "${name}"`)
        .toArray()
        .map((row) => JSON.stringify(row)),
    ]);
    return { rows, alarm: await storage.getAlarm() };
  });
}
