import { memoryStore } from "./memory-store.ts";
import type { Store, Transaction } from "./store.ts";

/**
 * Keeps things on disk as long as the browser lets it. From the first refusal on (private mode, a full disk), they are
 * kept in memory, with what can still be read of the disk; `onRefusal` is told once, with the cause.
 */
export function fallbackStore(disk: Store, onRefusal: (cause: unknown) => void): Store {
  let memory: Promise<Store> | undefined;
  return {
    async transact(mode, work) {
      if (memory) return (await memory).transact(mode, work);
      try {
        return await disk.transact(mode, work);
      } catch (cause) {
        // Only the browser's own refusal: a fault of ours must not end what is kept on disk.
        if (!(cause instanceof DOMException)) throw cause;
        if (!memory) {
          onRefusal(cause);
          memory = copyOf(disk);
        }
        return (await memory).transact(mode, work);
      }
    },
  };
}

async function copyOf(disk: Store): Promise<Store> {
  const memory = memoryStore();
  const read = async (from: Transaction) => ({
    rows: await from.rowsAfter(0, Infinity),
    values: await from.values(),
  });
  const { rows, values } = await disk.transact("readonly", read).catch(() => ({ rows: [], values: [] }));
  await memory.transact("readwrite", async (to) => {
    for (const row of rows) to.putRow(row);
    for (const [key, value] of values) to.put(key, value);
  });
  return memory;
}
