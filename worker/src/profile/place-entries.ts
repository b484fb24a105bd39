import type { Entry } from "@murmur/core";
import type { Rejection } from "../wire/check-entries.ts";
import { KEPT } from "./checkpoint.ts";

/** Up to this, a batch that comes late has been held up by the network and is left alone, ms. */
const DELAY = 10_000;

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
  const shift = shiftOf(sentAt, receivedAt);
  const placed: Placed = { shift, entries: [], rejected: [] };
  for (const entry of batch) {
    const timestamp = Math.min(entry.timestamp + shift, receivedAt);
    if (timestamp <= receivedAt - KEPT) placed.rejected.push(tooOld(entry));
    else placed.entries.push({ entry: { ...entry, timestamp }, sent: entry.timestamp });
  }
  return placed;
}

/** What to add to the clock of who sent at `sentAt`, ms. */
export function shiftOf(sentAt: number, receivedAt: number): number {
  const skew = receivedAt - sentAt;
  return skew > DELAY || skew < 0 ? skew : 0;
}

export function tooOld({ id }: Entry): Rejection {
  return {
    id,
    reason: "too_old",
    message: "it is older than the 400 days, 10,000 entries or 16 MiB that are kept",
  };
}
