/** What ends a process that does not say otherwise. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Puts things in order before a signal ends the process, as it would have done anyway. Returns what takes that back. */
export function whenInterrupted(putInOrder: () => void): () => void {
  const interrupted = (signal: NodeJS.Signals): void => {
    takeBack();
    putInOrder();
    process.kill(process.pid, signal);
  };
  const takeBack = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  };
  for (const signal of SIGNALS) process.once(signal, interrupted);
  return takeBack;
}
