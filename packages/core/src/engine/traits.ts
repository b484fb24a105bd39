import type { Identify, Json } from "../log/entry.ts";
import { isAfter, type Place } from "../log/order.ts";

/** One trait as a snapshot keeps it: when and by which identify call it was set, key, value (`null`: removed). */
export type TraitRow = [...Place, key: string, value: Json];

/** Traits are last-write-wins for each top-level key, by (timestamp, id) of the identify call. */
export class Traits {
  readonly #rows = new Map<string, TraitRow>();

  take({ id, timestamp, traits }: Identify): void {
    for (const [key, value] of Object.entries(traits)) this.put([timestamp, id, key, value]);
  }

  put(row: TraitRow): void {
    const held = this.#rows.get(row[2]);
    if (!held || isAfter(row, held)) this.#rows.set(row[2], row);
  }

  /** The traits that are there, as one object. */
  get values(): Record<string, Json> {
    return Object.fromEntries(this.rows.flatMap(([, , key, value]) => (value === null ? [] : [[key, value]])));
  }

  get rows(): TraitRow[] {
    return [...this.#rows.values()];
  }
}
