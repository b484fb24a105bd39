import type { MurmurEvent } from "../../log/entry.ts";
import { isAfter } from "../../log/order.ts";

/** The events of a narrowed selection, in order, as far back as anybody asks. */
export interface Kept {
  /** Timestamps, ascending. */
  t: number[];
  /** Ids beside them; kept only where `after` has to compare them. */
  i?: string[];
  /** The last event that `after` takes: timestamp, id. */
  a?: [number, string];
}

/** How a selection is narrowed, in the terms of the state. */
export interface KeptLimits {
  /** Length of the sliding window, ms; Infinity without one. */
  within: number;
  /** Whether an `after` selector cuts the selection. */
  after: boolean;
  /** How many of the latest events suffice. */
  latest: number;
}

export function noneKept(): Kept {
  return { t: [] };
}

/** Keeps an event of the selection, unless it is out already at `at`. */
export function keep(kept: Kept, event: MurmurEvent, at: number, limits: KeptLimits): void {
  const { id, timestamp } = event;
  if (timestamp <= at - limits.within) return;
  if (kept.a && !isAfter(timestamp, id, ...kept.a)) return;
  const { t } = kept;
  let place = t.length;
  while (place > 0 && isAfter(t[place - 1] as number, kept.i?.[place - 1] ?? "", timestamp, id)) place--;
  t.splice(place, 0, timestamp);
  if (limits.after) (kept.i ??= []).splice(place, 0, id);
  drop(kept, Math.max(firstLive(kept, at, limits.within), t.length - limits.latest));
}

/** Takes an event of the `after` selector: what is not strictly after it is out. */
export function cut(kept: Kept, { id, timestamp }: MurmurEvent): void {
  if (kept.a && !isAfter(timestamp, id, ...kept.a)) return;
  kept.a = [timestamp, id];
  let out = 0;
  while (out < kept.t.length && !isAfter(kept.t[out] as number, kept.i?.[out] ?? "", timestamp, id)) out++;
  drop(kept, out);
}

/** Position of the first kept event that is inside the window at `at`. */
export function firstLive(kept: Kept, at: number, within: number): number {
  let first = 0;
  while (first < kept.t.length && (kept.t[first] as number) <= at - within) first++;
  return first;
}

function drop(kept: Kept, count: number): void {
  if (count <= 0) return;
  kept.t.splice(0, count);
  kept.i?.splice(0, count);
}
