import type { DeviceMeta } from "./device-meta.ts";
import type { Store } from "./store.ts";

/** The id of the device that a database is of, where there is one: to open it would make it. */
export async function keptDevice(database: string, store: Store): Promise<string | undefined> {
  try {
    const all = await indexedDB.databases();
    if (!all.some(({ name }) => name === database)) return undefined;
    return (await store((transaction) => transaction.get<DeviceMeta>("meta")))?.device;
  } catch {
    // The browser lets nobody at them, and nothing is kept.
    return undefined;
  }
}
