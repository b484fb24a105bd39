interface Placed {
  id: string;
  timestamp: number;
}

/** Where an entry stands in the language's order. */
export type Place = [timestamp: number, id: string];

/** Whether one place comes after the other: by timestamp, then by id, compared by UTF-16 code unit. */
export function isAfter(a: readonly [...Place, ...unknown[]], b: readonly [...Place, ...unknown[]]): boolean {
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

/** Sorts by (timestamp, id): the only order that the language knows. */
export function compareEntries(a: Placed, b: Placed): number {
  return a.timestamp - b.timestamp || +(a.id > b.id) - +(a.id < b.id);
}
