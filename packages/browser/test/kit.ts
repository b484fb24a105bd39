import { manifestOf, type Definition, type Entry } from "@murmur/core";
import { onTestFinished, vi } from "vitest";
import { freshMeta } from "../src/log/device-meta.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";
import type { Store } from "../src/log/store.ts";
import { init, type Murmur, type MurmurOptions } from "../src/index.ts";

/** Nobody listens there: the edge as a device sees it that is offline. */
export const NOWHERE = "http://127.0.0.1:9";

/** Murmur on this page, with a log of its own. */
export function start(options: Partial<MurmurOptions> = {}): Murmur {
  return init({
    edge: NOWHERE,
    database: `test-${crypto.randomUUID()}`,
    consent: "opt-out",
    capture: false,
    ...options,
  });
}

/** A device that has been here before, which the edge has answered: it knows a definition. Returns its database. */
export async function knownDevice(database: string, definition: Definition): Promise<Store> {
  const store = indexedDbStore(database);
  await store(async (transaction) => {
    transaction.put("meta", { ...freshMeta(), device: "d".repeat(32), manifest: "known", log: "known" });
    transaction.put("manifest", { ...manifestOf(definition), hash: "known" });
  });
  return store;
}

/** The entries of a log, in order of number. */
export async function entriesIn(store: Store): Promise<Entry[]> {
  const rows = await store((transaction) => transaction.rowsAfter(0));
  return rows.map(({ entry }) => entry);
}

/** What the tag says in the console, until the test is over. */
export function consoleWarnings(): string[] {
  const said: string[] = [];
  const spy = vi
    .spyOn(console, "warn")
    .mockImplementation((message: unknown) => void said.push(String(message)));
  onTestFinished(() => spy.mockRestore());
  return said;
}
