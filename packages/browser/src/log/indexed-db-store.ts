import { promisifyRequest } from "idb-keyval";
import type { Row } from "./row.ts";
import type { Key, Store, Transaction } from "./store.ts";

const ROWS = "log";
const BY_ID = "id";

/** Row numbers are number keys, names string keys, which IndexedDB orders after all numbers. Rows are found by their entry's id, too. */
export function indexedDbStore(databaseName: string): Store {
  let opening: Promise<IDBDatabase> | undefined;
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(databaseName, 2);
    request.onupgradeneeded = ({ oldVersion }) =>
      (oldVersion
        ? request.transaction!.objectStore(ROWS)
        : request.result.createObjectStore(ROWS)
      ).createIndex(BY_ID, "entry.id");
    const database = await promisifyRequest(request);
    // Safari closes it by itself at times; a newer tag on another page must not wait for this one.
    for (const end of ["close", "versionchange"])
      database.addEventListener(end, () => {
        database.close();
        opening = undefined;
      });
    return database;
  };
  return async (work) => {
    // Browsers fail at times, as after a crash: the next one asks anew.
    (opening ??= open()).catch(() => (opening = undefined));
    const transaction = (await opening!).transaction(ROWS, "readwrite");
    const done = promisifyRequest(transaction);
    try {
      const result = await work(transactionOn(transaction.objectStore(ROWS)));
      await done;
      return result;
    } catch (error) {
      done.catch(() => {});
      abort(transaction);
      throw error;
    }
  };
}

function transactionOn(store: IDBObjectStore): Transaction {
  return {
    get: (key) => promisifyRequest(store.get(key)),
    put: (key, value) => void (value === undefined ? store.delete(key) : store.put(value, key)),
    rowsAfter: (number, limit) =>
      promisifyRequest<Row[]>(store.getAll(IDBKeyRange.bound(number, Infinity, true), limit)),
    rowsOf: (id) => promisifyRequest<Row[]>(store.index(BY_ID).getAll(id)),
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
