import { expect, onTestFinished, test, vi } from "vitest";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";

/** A database as the tag made it first, with what it had kept. */
async function firstForm(
  name: string,
  kept: readonly (readonly [IDBValidKey, unknown])[],
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore("log");
    for (const [key, value] of kept) store.put(value, key);
  };
  await new Promise((resolve, reject) => {
    request.addEventListener("success", resolve);
    request.addEventListener("error", reject);
  });
  return request.result;
}

test("a log that was begun by an earlier tag goes on, and its entries are found by their id", async () => {
  const database = crypto.randomUUID();
  const row = { n: 1, entry: { type: "event", id: "a", name: "Product Viewed", timestamp: 1 } };
  (
    await firstForm(database, [
      [1, row],
      ["id:a", 1],
      ["meta", { last: 1 }],
    ])
  ).close();
  const store = indexedDbStore(database);
  expect(await store((transaction) => transaction.rowsOf("a"))).toEqual([row]);
  expect(await store((transaction) => transaction.rowsAfter(0))).toEqual([row]);
  expect(await store((transaction) => transaction.get("meta"))).toEqual({ last: 1 });
});

test("a newer tag on another page need not wait for this one", async () => {
  const database = crypto.randomUUID();
  const store = indexedDbStore(database);
  await store(async (transaction) => transaction.put("meta", 1));
  const newer = indexedDB.open(database, 3);
  onTestFinished(() => newer.result.close());
  expect(await new Promise((resolve) => (newer.onsuccess = () => resolve(newer.result.version)))).toBe(3);
  // The log is the newer one's: whoever keeps what is refused here goes on in memory.
  await expect(store((transaction) => transaction.get("meta"))).rejects.toBeInstanceOf(DOMException);
});

test("an opening that fails once, as browsers' do after a crash, is tried again by who comes next", async () => {
  const open = vi.spyOn(IDBFactory.prototype, "open").mockImplementationOnce(() => {
    throw new DOMException("Internal error opening backing store", "UnknownError");
  });
  onTestFinished(() => open.mockRestore());
  const store = indexedDbStore(crypto.randomUUID());
  await expect(store((transaction) => transaction.get("meta"))).rejects.toBeInstanceOf(DOMException);
  await store(async (transaction) => transaction.put("meta", 1));
  expect(await store((transaction) => transaction.get("meta"))).toBe(1);
});
