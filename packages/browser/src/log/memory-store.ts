import type { Row } from "./row.ts";
import type { Key, Store, Transaction } from "./store.ts";

/** For pages where nothing can be written (private mode, a full disk): what is kept lives as long as the page. */
export function memoryStore(kept: Map<Key, unknown> = new Map()): Store {
  const transaction: Transaction = {
    get: async <Value>(key: Key) => kept.get(key) as Value | undefined,
    put: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    // A name is after no number. Rows came in order of theirs.
    rowsAfter: async (number, limit) =>
      [...kept]
        .filter(([key]) => (key as number) > number)
        .map(([, row]) => row as Row)
        .slice(0, limit),
    all: async () => [...kept],
    clear: () => kept.clear(),
  };
  return (work) => work(transaction);
}
