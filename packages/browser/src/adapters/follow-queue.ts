/**
 * Calls `see` with what a queue of the page holds, and with all that is pushed from now on; what it cannot read is passed over.
 * Returns what ends that.
 */
export function followQueue(queue: unknown[], see: (entry: never) => void): () => void {
  const { push } = queue;
  const take = (entry: unknown): void => {
    try {
      see(entry as never);
    } catch {
      // What the page said there cannot be understood.
    }
  };
  queue.forEach(take);
  const followed = (queue.push = (...entries) => {
    entries.forEach(take);
    return push.apply(queue, entries);
  });
  return () => {
    see = () => {};
    // Where another method lies on top, this one stays and passes everything on.
    if (queue.push === followed) queue.push = push;
  };
}
