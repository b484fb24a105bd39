import type { Entry } from "@murmur/core";
import type { Rejection } from "../wire/check-entries.ts";
import { foldedUpTo } from "./checkpoint.ts";
import type { LogStore } from "./log-store.ts";
import { tooOld, type Placed } from "./place-entries.ts";

/** What became of entries. */
export interface Taken {
  accepted: number;
  duplicates: number;
  rejected: Rejection[];
  /** Instants of entries where they differ from what was sent, ms by id. */
  timestamps: Record<string, number>;
}

/** Takes entries that were placed in time into a log, as a device's or the SERVER's. Run it within a transaction. */
export function takeEntries(store: LogStore, placed: Omit<Placed, "shift">, device: string): Taken {
  const rejected = [...placed.rejected];
  const instants: [string, number][] = [];
  const folded = placed.entries.length > 0 ? foldedUpTo(store) : -Infinity;
  let [accepted, duplicates] = [0, 0];
  for (const { entry, sent } of placed.entries) {
    if (entry.timestamp <= folded) {
      rejected.push(tooOld(entry));
      continue;
    }
    const added = store.add(entry, device);
    if (added) accepted++;
    else duplicates++;
    const instant = added ? entry.timestamp : (store.timestampOf(entry.id) as number);
    if (instant !== sent) instants.push([entry.id, instant]);
  }
  if (rejected.length > 0) store.put("too-old", tooOldCount(store) + rejected.length);
  return { accepted, duplicates, rejected, timestamps: Object.fromEntries(instants) };
}

/** How many entries were refused because they were older than what is kept. */
export function tooOldCount(store: LogStore): number {
  return store.get<number>("too-old") ?? 0;
}

/** What becomes of entries where the person has said no to recording. */
export function refuseEntries(entries: readonly Entry[]): Taken {
  const message = "analytics is not allowed here: it was not recorded";
  const rejected = entries.map(({ id }): Rejection => ({ id, reason: "no_consent", message }));
  return { accepted: 0, duplicates: 0, rejected, timestamps: {} };
}
