import { expect, test } from "vitest";
import { memoryStore } from "../src/log/memory-store.ts";
import type { Key } from "../src/log/store.ts";

test("what the memory keeps is what the disk had", async () => {
  const kept = new Map<Key, unknown>([
    ["meta", 1],
    [2, { n: 2 }],
    [3, { n: 3 }],
  ]);
  const store = memoryStore(kept, () => {});
  expect(await store((transaction) => transaction.rowsAfter(1, 1))).toEqual([{ n: 2 }]);
  expect(await store((transaction) => transaction.all())).toEqual([...kept]);
});
