import { memoryStore } from "./memory-store.ts";
import type { Store } from "./store.ts";

/**
 * Keeps things on disk as long as the browser lets it. From the first refusal on (private mode, a full disk), they are
 * kept in memory, with what can still be read of the disk; `onRefusal` is told the cause.
 */
export function fallbackStore(disk: Store, onRefusal: (cause: unknown) => void): Store {
  let memory: Store | undefined;
  return async (work) => {
    if (memory) return memory(work);
    try {
      return await disk(work);
    } catch (cause) {
      // Only the browser's own refusal, or no IndexedDB at all: a fault of ours must not end what is kept on disk.
      if (globalThis.indexedDB && !(cause instanceof DOMException)) throw cause;
      onRefusal(cause);
      memory = memoryStore(new Map(await disk((transaction) => transaction.all()).catch(() => [])));
      return memory(work);
    }
  };
}
