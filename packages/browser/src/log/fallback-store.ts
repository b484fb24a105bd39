import { report } from "../report.ts";
import { memoryStore } from "./memory-store.ts";
import type { Key, Store } from "./store.ts";

/**
 * Keeps things on disk as long as the browser lets it. From the first refusal on (private mode, a full disk), they are
 * kept in memory, with what can still be read of the disk. What is cleared there, as the
 * shopper withdraws or signs out, goes from the disk as well, and things are kept there again.
 */
export function fallbackStore(disk: Store): Store {
  let memory: Map<Key, unknown> | undefined;
  return async (work) => {
    try {
      if (!memory) return await disk(work);
    } catch (cause) {
      // Only the browser's own refusal, or no IndexedDB at all: a fault of ours must not end what is kept on disk.
      if (globalThis.indexedDB && !(cause instanceof DOMException)) throw cause;
      report("storage_refused", cause);
    }
    const kept = (memory ??= new Map(await disk((transaction) => transaction.all()).catch(() => [])));
    let isAnew = false;
    const result = await memoryStore(kept, () => (isAnew = true))(work);
    if (isAnew)
      try {
        await disk(async (transaction) => {
          transaction.clear();
          for (const [key, value] of kept) transaction.put(key, value);
        });
        memory = undefined;
      } catch {
        // It is as it was: there is nothing to be had there.
      }
    return result;
  };
}
