import type { Row } from "./row.ts";
import type { Key, Store, Transaction } from "./store.ts";

/** For pages where nothing can be written (private mode, a full disk): what is kept lives as long as the page. */
export function memoryStore(kept: Map<Key, unknown>, onClear: () => void): Store {
  // A name is after no number. Rows came in order of theirs.
  const rows = (after = -Infinity): Row[] =>
    [...kept].filter(([key]) => (key as number) > after).map(([, row]) => row as Row);
  const transaction: Transaction = {
    get: async <Value>(key: Key) => kept.get(key) as Value | undefined,
    put: (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    rowsAfter: async (number, limit) => rows(number).slice(0, limit),
    rowsOf: async (id) => rows().filter(({ entry }) => entry.id === id),
    all: async () => [...kept],
    clear() {
      kept.clear();
      onClear();
    },
  };
  return (work) => work(transaction);
}
