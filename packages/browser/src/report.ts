const said = new Set<string>();

/** Tells the shop's developer, once a page for each code. The tag speaks only in the console and never throws. */
export function report(code: string, message: string, cause?: unknown): void {
  if (said.has(code)) return;
  said.add(code);
  console.warn(`murmur: ${message} [${code}]`, ...(cause === undefined ? [] : [cause]));
}

/** Lets work go on by itself: a fault in it must not reach the page's own error handlers. */
export function background(work: Promise<unknown>): void {
  work.catch((cause: unknown) => report("internal", "an unexpected fault; please report it", cause));
}
