import { entryProblem, type Entry, type EntryProblem } from "@murmur/core";

/** Below this, the difference of two clocks is the network's delay and left alone, ms. */
const SKEW = 10_000;
/** How far back a log reaches, ms. */
export const KEPT = 400 * 864e5;

export interface Rejection {
  /** Of the entry; null where it has none to name it by. */
  id: string | null;
  reason: EntryProblem["reason"] | "too_old";
  message: string;
}

export interface Placed {
  /** What to add to the sender's clock, ms. */
  shift: number;
  /** The good entries, each with the instant that it was sent with. */
  entries: { entry: Entry; sent: number }[];
  rejected: Rejection[];
}

/**
 * Checks a batch entry by entry and puts each at its instant by the edge's clock: a batch from a clock that is off is
 * shifted, and nothing lies in the future.
 */
export function placeEntries(batch: readonly unknown[], sentAt: number, receivedAt: number): Placed {
  const skew = receivedAt - sentAt;
  const shift = Math.abs(skew) > SKEW ? skew : 0;
  const placed: Placed = { shift, entries: [], rejected: [] };
  for (const candidate of batch) {
    const problem = entryProblem(candidate);
    if (problem) {
      placed.rejected.push({ id: idOf(candidate), ...problem });
      continue;
    }
    const entry = known(candidate as Entry);
    const timestamp = Math.min(entry.timestamp + shift, receivedAt);
    if (timestamp <= receivedAt - KEPT)
      placed.rejected.push({
        id: entry.id,
        reason: "too_old",
        message: "it is older than the 400 days that are kept",
      });
    else placed.entries.push({ entry: { ...entry, timestamp }, sent: entry.timestamp });
  }
  return placed;
}

/** An entry without members that the language does not know. */
function known(entry: Entry): Entry {
  const { type, id, timestamp } = entry;
  if (type === "identify") return { type, id, timestamp, traits: entry.traits };
  return { type, id, name: entry.name, timestamp, properties: entry.properties ?? {} };
}

function idOf(candidate: unknown): string | null {
  const id = (candidate as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id.slice(0, 128) : null;
}
