import { followMethod } from "./follow-method.ts";

/** Calls `see` with what a queue of the page holds, and with all that is pushed from now on. `see` must not throw. */
export function followQueue(queue: readonly unknown[], see: (entry: unknown) => void): () => void {
  queue.forEach(see);
  return followMethod(queue, "push", (entries) => entries.forEach(see));
}
