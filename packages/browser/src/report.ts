import { loadPart } from "./load-part.ts";
import type * as Messages from "./messages.ts";

const said = new Set<string>();
let edge = "";

/** The edge has the words, in a file that a page loads when there is something to say, and not before. */
export function wordsFrom(url: string): void {
  edge = url;
}

/**
 * Tells the shop's developer, once a page for each code, in the words of messages.ts where they can be had. The tag speaks
 * only in the console and never throws.
 */
export function report(code: string, ...details: unknown[]): void {
  if (said.has(code)) return;
  said.add(code);
  void say(code, details);
}

async function say(code: string, details: readonly unknown[]): Promise<void> {
  let words = "";
  try {
    // Adapters, each a file of its own, know of none.
    if (edge) words = (await loadPart<typeof Messages>(edge, "messages")).default(code);
  } catch {
    // Offline, most likely: the code says enough.
  }
  try {
    console.warn(`murmur: ${words}[${code}]`, ...details);
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
  report("internal", cause);
}
