import { createStore, promisifyRequest } from "idb-keyval";
import type { Row } from "./row.ts";
import type { Key, Store, Transaction } from "./store.ts";

/** Row numbers are number keys, names string keys, which IndexedDB orders after all numbers. */
export function indexedDbStore(databaseName: string): Store {
  const withStore = createStore(databaseName, "log");
  return async (work) => {
    if (!globalThis.indexedDB) throw new DOMException("no IndexedDB here", "NotSupportedError");
    return withStore("readwrite", async (store) => {
      const done = promisifyRequest(store.transaction);
      try {
        const result = await work(transactionOn(store));
        await done;
        return result;
      } catch (error) {
        done.catch(() => {});
        abort(store.transaction);
        throw error;
      }
    });
  };
}

function transactionOn(store: IDBObjectStore): Transaction {
  return {
    get: (key) => promisifyRequest(store.get(key)),
    put: (key, value) => void (value === undefined ? store.delete(key) : store.put(value, key)),
    rowsAfter: (number, limit) =>
      promisifyRequest<Row[]>(store.getAll(IDBKeyRange.bound(number, Infinity, true), limit)),
    async all() {
      const keys = await promisifyRequest(store.getAllKeys());
      const values = await promisifyRequest<unknown[]>(store.getAll());
      return keys.map((key, at) => [key as Key, values[at]]);
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
