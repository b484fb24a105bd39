import type { Browser, BrowserContext } from "playwright-core";

/** A browser as a shopper has it: the headless one says that it is none, and is shown pages as bots are. */
export function shopperContext(browser: Browser): Promise<BrowserContext> {
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`;
  return browser.newContext({ userAgent });
}
