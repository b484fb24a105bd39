interface Placed {
  id: string;
  timestamp: number;
}

/** Whether (timestamp, id) comes after the other pair in the language's order; ids compare by UTF-16 code unit. */
export function isAfter(timestamp: number, id: string, thanTimestamp: number, thanId: string): boolean {
  return timestamp > thanTimestamp || (timestamp === thanTimestamp && id > thanId);
}

/** Sorts by (timestamp, id): the only order that the language knows. */
export function compareEntries(a: Placed, b: Placed): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  if (a.id === b.id) return 0;
  return a.id > b.id ? 1 : -1;
}
