import { createStore, promisifyRequest } from "idb-keyval";
import type { Row } from "./row.ts";
import type { Store, Transaction } from "./store.ts";

/** Row numbers are number keys, everything else string keys, which IndexedDB orders after all numbers. */
export function indexedDbStore(databaseName: string): Store {
  const withStore = createStore(databaseName, "log");
  return {
    async transact(mode, work) {
      if (!globalThis.indexedDB) throw new DOMException("no IndexedDB here", "NotSupportedError");
      return withStore(mode, async (store) => {
        const done = promisifyRequest(store.transaction);
        try {
          const result = await work(transaction(store));
          await done;
          return result;
        } catch (error) {
          done.catch(() => {});
          abort(store.transaction);
          throw error;
        }
      });
    },
  };
}

function transaction(store: IDBObjectStore): Transaction {
  return {
    get: (key) => promisifyRequest(store.get(key)),
    put: (key, value) => void store.put(value, key),
    async values() {
      // Numbers come first: from the empty string on, all keys are names.
      const names = IDBKeyRange.lowerBound("");
      const keys = await promisifyRequest<IDBValidKey[]>(store.getAllKeys(names));
      const values = await promisifyRequest<unknown[]>(store.getAll(names));
      return keys.map((key, at) => [String(key), values[at]]);
    },
    putRow: (row) => void store.put(row, row.n),
    row: (number) => promisifyRequest<Row | undefined>(store.get(number)),
    rowsAfter: (number, limit) =>
      promisifyRequest<Row[]>(
        store.getAll(IDBKeyRange.bound(number, Infinity, true), limit < Infinity ? limit : undefined),
      ),
    async lastNumber() {
      const cursor = await promisifyRequest<IDBCursor | null>(
        store.openKeyCursor(IDBKeyRange.upperBound(Infinity), "prev"),
      );
      return (cursor?.key as number | undefined) ?? 0;
    },
    clear: () => void store.clear(),
  };
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended by itself already.
  }
}
