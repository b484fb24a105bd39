import type { Place } from "../../log/order.ts";
import type { Scalar } from "../../log/entry.ts";
import type { Seen } from "./favorite.ts";
import type { Units } from "./units.ts";

/** What a profile keeps of a selection: its events in order, as far back as anybody asks, or what they fold to. */
export interface Kept {
  /** Timestamps, ascending. */
  t: number[];
  /** Ids beside them, where they are compared. */
  i?: string[];
  /** Values beside them, where there are any. */
  v?: Scalar[];
  /** The last event that `after` takes. */
  a?: Place;
  /** The current session: first and last event of any name. */
  s?: [number, number];
  /** How many there are, where they are folded; their sum; how often each was seen. */
  n?: number;
  x?: Units;
  f?: Seen;
}

/** How many events there are, kept or folded. */
export function sizeOf({ n, t }: Kept): number {
  return n ?? t.length;
}

/** Most events come in order, and `splice` makes a list of what it takes out. */
export function insert<Item>(list: Item[], at: number, item: Item): void {
  if (at < list.length) list.splice(at, 0, item);
  else list.push(item);
}

/** Takes so many of the kept events out. */
export function cutOut({ t, i, v }: Kept, from: number, count: number): void {
  for (const list of [t, i, v]) {
    if (from || count > 1) list?.splice(from, count);
    // Most often it is the first alone that goes, and this is several times as quick.
    else if (count) list?.shift();
  }
}

/** How many of the ascending `timestamps` are not later than `instant`, of which there are `high` at most. */
export function upTo(timestamps: readonly number[], instant: number, high: number): number {
  let low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timestamps[middle] as number) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
