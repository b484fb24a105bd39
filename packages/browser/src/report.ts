const said = new Set<string>();

/** Tells the shop's developer, once a page for each code. The tag speaks only in the console and never throws. */
export function report(code: string, message: string, cause?: unknown): void {
  if (said.has(code)) return;
  said.add(code);
  try {
    console.warn(`murmur: ${message} [${code}]`, ...(cause === undefined ? [] : [cause]));
  } catch {
    // The page has taken the console away.
  }
}

/** Lets work go on by itself: a fault in it must not reach the page's own error handlers. */
export function background(work: Promise<unknown>): void {
  // By `await`, which asks nothing of a prototype that may be the page's.
  void safely(() => work);
}

/** A callback for the browser, whose fault must not reach the page's own error handlers. */
export function guarded<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch (cause) {
      internalFault(cause);
    }
  };
}

/** Does work that somebody waits for: it always comes to an end, and a fault stays here. */
export async function safely<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (cause) {
    internalFault(cause);
    return undefined;
  }
}

function internalFault(cause: unknown): void {
  report("internal", "an unexpected fault; please report it", cause);
}
