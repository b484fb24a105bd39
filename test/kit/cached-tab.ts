import type { BrowserContext, CDPSession } from "playwright-core";
import { expect } from "vitest";

/** Playwright does not follow a page into the cache and back, so it is driven by the protocol itself. */
export interface Tab {
  session: CDPSession;
  /** Evaluates an expression in the page that the tab shows. */
  run<Result>(expression: string): Promise<Result>;
  /** Goes somewhere, and resolves when it is there. */
  go(url: string): Promise<void>;
  /** Goes back, by the cache; fails with Chromium's reasons where the page could not be kept. */
  back(): Promise<void>;
}

/** Notes of each page on how it was shown: `back` reads them. */
const SHOWN = `
  window.shown = [];
  addEventListener("pageshow", ({ persisted }) => shown.push(persisted));
`;

/** A tab whose back/forward cache is on, as in a shopper's browser: the context is that of `startChromium`. */
export async function openCachedTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Page.enable");
  await session.send("Page.addScriptToEvaluateOnNewDocument", { source: SHOWN });
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
  return {
    session,
    run,
    async go(url) {
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
