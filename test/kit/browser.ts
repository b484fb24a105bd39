import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { CHROMIUM_FLAGS, chromiumPath } from "../../tools/chromium.mjs";

/** A real Chromium, headless. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await chromiumPath();
  if (!executablePath)
    throw new Error("the browser tests need Chromium: run `npm test`, or set CHROMIUM_PATH");
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

/** A page that must stay clean: what it says in the console as an error, or throws, is collected. */
export async function cleanPage(context: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const faults: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.text().startsWith("murmur:")) faults.push(message.text());
  });
  return { page, faults };
}
