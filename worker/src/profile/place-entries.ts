import type { Entry } from "@murmur/core";
import type { Rejection } from "../wire/check-entries.ts";

/** Up to this, a batch that comes late has been held up by the network and is left alone, ms. */
const DELAY = 10_000;
/** How far back a log reaches, ms. */
const KEPT = 400 * 864e5;

export interface Placed {
  /** What to add to the sender's clock, ms. */
  shift: number;
  /** The entries, each with the instant that it was sent with. */
  entries: { entry: Entry; sent: number }[];
  rejected: Rejection[];
}

/**
 * Puts each entry of a batch at its instant by the edge's clock. A batch from a clock that is off is shifted as a
 * whole, which keeps its order: one that comes late by more than the network's delay, and one from the future, which
 * no delay explains. Nothing lies in the future.
 */
export function placeEntries(batch: readonly Entry[], sentAt: number, receivedAt: number): Placed {
  const skew = receivedAt - sentAt;
  const shift = skew > DELAY || skew < 0 ? skew : 0;
  const placed: Placed = { shift, entries: [], rejected: [] };
  for (const entry of batch) {
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
