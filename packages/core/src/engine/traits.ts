import type { Identify, Json } from "../log/entry.ts";
import { isAfter } from "../log/order.ts";

/** One trait as a snapshot keeps it: key, when and by which identify call it was set, value (`null`: removed). */
export type TraitRow = [key: string, timestamp: number, id: string, value: Json];

/** Traits are last-write-wins for each top-level key, by (timestamp, id) of the identify call. */
export class Traits {
  readonly #rows = new Map<string, TraitRow>();

  /** Takes over the rows of a snapshot. */
  restore(rows: readonly TraitRow[]): void {
    for (const row of rows) this.#rows.set(row[0], row);
  }

  set({ id, timestamp, traits }: Identify): void {
    for (const [key, value] of Object.entries(traits)) {
      const held = this.#rows.get(key);
      if (!held || isAfter(timestamp, id, held[1], held[2])) this.#rows.set(key, [key, timestamp, id, value]);
    }
  }

  /** The traits that are there, as one object. */
  get values(): Record<string, Json> {
    return Object.fromEntries(
      this.rows.filter((row) => row[3] !== null).map(([key, , , value]) => [key, value]),
    );
  }

  get rows(): TraitRow[] {
    return [...this.#rows.values()];
  }
}
