import type { BrowserContext, CDPSession } from "playwright-core";
import { expect } from "vitest";

/** Playwright does not follow a page into the cache and back, so it is driven by the protocol itself. */
export interface Tab {
  session: CDPSession;
  /** Evaluates an expression in the page that the tab shows. */
  run<Result>(expression: string): Promise<Result>;
  /** Waits until the tag has nothing to do but to wait. */
  rest(): Promise<void>;
  /** Goes somewhere once the page is at rest, which browsers ask of a page that they are to keep; resolves when it is there. */
  go(url: string): Promise<void>;
  /** Goes back, by the cache; fails with Chromium's reasons where the page could not be kept. */
  back(): Promise<void>;
}

/**
 * Notes of each page on how it was shown, and on when it last used its database: one that is left in the midst of it is in
 * the way of the next page. https://web.dev/articles/bfcache#indexeddb
 */
const NOTES = `
  window.shown = [];
  addEventListener("pageshow", ({ persisted }) => shown.push(persisted));
  window.used = performance.now();
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...asked) {
    const begun = transaction.apply(this, asked);
    window.used = Infinity;
    for (const end of ["complete", "abort"]) begun.addEventListener(end, () => (window.used = performance.now()));
    return begun;
  };
`;

/** Longer than all that the tag puts off for a moment, ms. */
const REST = 1_000;

/** Whether the page waits for nothing of its own: not in its database, not for the edge, and not to begin with either. */
const AT_REST = `window.used === undefined || (performance.now() - used > ${REST} &&
  navigator.locks.query().then(({ held }) => held.length === 0))`;

/** A tab whose back/forward cache is on, as in a shopper's browser: the context is that of `startChromium`. */
export async function openCachedTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Page.enable");
  await session.send("Page.addScriptToEvaluateOnNewDocument", { source: NOTES });
  const reasons: string[] = [];
  session.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) => {
    for (const { reason, details } of notRestoredExplanations)
      reasons.push(`${reason} ${JSON.stringify(details ?? "")}`);
  });
  const run = async <Result>(expression: string): Promise<Result> => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Result;
  };
  const at = (href: string) =>
    expect
      .poll(() => run<string>("document.readyState + location.href").catch(() => ""), { timeout: 30_000 })
      .toBe(`complete${href}`);
  const rest = () => expect.poll(() => run(AT_REST), { timeout: 30_000 }).toBe(true);
  return {
    session,
    run,
    rest,
    async go(url) {
      await rest();
      await session.send("Page.navigate", { url });
      await at(url);
    },
    async back() {
      const { entries, currentIndex } = await session.send("Page.getNavigationHistory");
      const { id, url } = entries[currentIndex - 1]!;
      await session.send("Page.navigateToHistoryEntry", { entryId: id });
      await at(url);
      expect(reasons).toEqual([]);
      expect(await run("window.shown.at(-1)")).toBe(true);
    },
  };
}
