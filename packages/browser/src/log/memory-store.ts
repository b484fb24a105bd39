import type { Row } from "./row.ts";
import type { Store, Transaction } from "./store.ts";

/** For pages where nothing can be written (private mode, a full disk): the log lives as long as the page. */
export function memoryStore(): Store {
  const values = new Map<string, unknown>();
  const rows = new Map<number, Row>();
  const transaction: Transaction = {
    get: async <Value>(key: string) => values.get(key) as Value | undefined,
    put: (key, value) => void values.set(key, value),
    values: async () => [...values],
    putRow: (row) => void rows.set(row.n, row),
    row: async (number) => rows.get(number),
    rowsAfter: async (number, limit) =>
      [...rows.values()]
        .filter(({ n }) => n > number)
        .sort((a, b) => a.n - b.n)
        .slice(0, limit),
    lastNumber: async () => Math.max(0, ...rows.keys()),
    clear: () => {
      values.clear();
      rows.clear();
    },
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    transact(_mode, work) {
      const result = last.then(() => work(transaction));
      last = result.catch(() => {});
      return result;
    },
  };
}
