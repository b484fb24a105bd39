import type { LogStore, StoredEntry } from "./log-store.ts";

/** How many entries are handed over at a time: at their largest they stay under the 32 MiB of a remote call. */
const PAGE = 500;

/** A page of a device's log, or the word that the device belongs to somebody else. */
export type HandedOver = { kind: "page"; entries: StoredEntry[] } | { kind: "taken" };

/** What joining needs of the device's own profile. */
export interface Giver {
  handOver(subject: string, after: number): Promise<HandedOver>;
}

/** The customer whose profile this device's has become part of. */
export function movedTo(store: LogStore): string | undefined {
  return store.get<string>("moved-to");
}

/** Whether a device's log is in this customer's already. */
export function hasJoined(store: LogStore, device: string): boolean {
  return store.get<true>(`joined ${device}`) ?? false;
}

/**
 * Takes a device's log into a customer's. A union of sets: it may be repeated, broken off at any point and run twice
 * at once, and ends the same. False when the device belongs to another customer.
 */
export async function join(store: LogStore, device: string, subject: string, giver: Giver): Promise<boolean> {
  for (let after = 0; ;) {
    const page = await giver.handOver(subject, after);
    if (page.kind === "taken") return false;
    store.transaction(() => {
      for (const stored of page.entries) store.add(stored.entry, stored.device);
    });
    if (page.entries.length < PAGE) break;
    after = page.entries.at(-1)!.n;
  }
  // Last, so that a join that was broken off begins anew.
  store.put(`joined ${device}`, true);
  return true;
}

/** The device's side: from the first page on it belongs to that customer, and only to that one. */
export function handOver(store: LogStore, subject: string, after: number): HandedOver {
  const moved = movedTo(store);
  if (moved !== undefined && moved !== subject) return { kind: "taken" };
  store.put("moved-to", subject);
  return { kind: "page", entries: store.after(after, PAGE) };
}
