import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { useDemo } from "../kit/demo.ts";
import { deviceId, syncNow, tagReady } from "../kit/tag.ts";

const demo = useDemo();

/** A page of the shop, with other settings on its script tag: from before the tag can read them. */
async function withTag(
  context: BrowserContext,
  settings: Readonly<Record<string, string>>,
): Promise<{ page: Page; asked: string[] }> {
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/v1/")) asked.push(new URL(request.url()).pathname);
  });
  await page.addInitScript((wanted) => {
    new MutationObserver((_records, observer) => {
      const tag = document.querySelector<HTMLScriptElement>('script[src$="/murmur.js"]');
      if (!tag) return;
      Object.assign(tag.dataset, wanted);
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  }, settings);
  return { page, asked };
}

function databases(page: Page): Promise<(string | undefined)[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
}

/** How many values the tag's database holds. */
function kept(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const open = indexedDB.open("murmur");
        open.addEventListener("success", () => {
          const count = open.result.transaction("log").objectStore("log").count();
          count.addEventListener("success", () => resolve(count.result));
        });
      }),
  );
}

test("without a word from the shopper, the minified tag keeps nothing and calls nobody", async () => {
  const context = await demo.browser.newContext();
  const { page, asked } = await withTag(context, { consent: "opt-in" });
  await page.goto(`${demo.shop.url}/products/fellrunner-2`);
  await tagReady(page);
  await page.waitForTimeout(1_000);
  expect(asked).toEqual([]);
  expect(await databases(page)).toEqual([]);

  const sent = page.waitForRequest((request) => request.url().endsWith("/v1/sync"));
  await page.evaluate(() =>
    window.murmur.consent({ analytics: true, personalization: true, marketing: true }),
  );
  expect((await sent).postData()).toContain("Product Viewed");
  expect(await kept(page)).toBeGreaterThan(2);

  await page.evaluate(() => window.murmur.forget());
  await expect.poll(() => kept(page)).toBe(0);
  await context.close();
});

test("a signal and an adapter that the script tag names are loaded, and at work", async () => {
  const context = await demo.browser.newContext();
  const { page, asked } = await withTag(context, { consent: "tcf", plugins: "data-attributes" });
  await page.addInitScript(() => {
    const consents = Object.fromEntries([1, 3, 4, 5, 6, 8].map((purpose) => [purpose, true]));
    Object.assign(window, {
      __tcfapi: (_command: string, _version: number, listener: (data: object) => void) =>
        listener({ eventStatus: "tcloaded", gdprApplies: true, purpose: { consents } }),
    });
  });
  await page.goto(demo.shop.url);
  await expect.poll(() => asked).toContain("/v1/sync");
  await page.evaluate(() => {
    const button = document.createElement("button");
    button.dataset["murmurEvent"] = "Wishlist Shared";
    button.textContent = "Share the list";
    document.body.prepend(button);
  });
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.postData() ?? ""));
  // The adapter is a file of its own, and says nothing of when it has come.
  await expect
    .poll(async () => {
      await page.getByText("Share the list").click();
      return sent.join();
    })
    .toContain("Wishlist Shared");
  await context.close();
});

/** A page of somebody whom the edge knows, and what it keeps of them. */
async function knownShopper(context: BrowserContext): Promise<{ page: Page; copy: () => Promise<Response> }> {
  const { page } = await withTag(context, { consent: "opt-out" });
  await page.goto(`${demo.shop.url}/products/fellrunner-2`);
  const device = await deviceId(page);
  await syncNow(page);
  const headers = { authorization: `Device ${device}` };
  return { page, copy: () => fetch(`${demo.shop.edge.url}/v1/profile`, { headers }) };
}

test("what a shopper has forgotten is forgotten at the edge, too", async () => {
  const context = await demo.browser.newContext();
  const { page, copy } = await knownShopper(context);
  expect(await (await copy()).text()).toContain("Product Viewed");
  await page.evaluate(() => window.murmur.forget());
  await expect.poll(async () => (await copy()).status).toBe(404);
  await context.close();
});

test("a shopper who withdraws offline is forgotten at the edge on the next page", async () => {
  const context = await demo.browser.newContext();
  const { page, copy } = await knownShopper(context);
  await context.setOffline(true);
  const failed = page.waitForEvent("requestfailed", (request) => request.method() === "DELETE");
  await page.evaluate(() => window.murmur.forget());
  await expect.poll(() => kept(page), { timeout: 20_000 }).toBe(0);
  // What a closed page has still under way, Chromium takes to a network that it is no longer told to be without.
  await failed;
  await page.close();
  await context.setOffline(false);
  expect((await copy()).status).toBe(200);

  const { page: next } = await withTag(context, { consent: "opt-in" });
  await next.goto(demo.shop.url);
  await tagReady(next);
  await next.evaluate(() => window.murmur.consent({ analytics: false }));
  await expect.poll(async () => (await copy()).status, { timeout: 20_000 }).toBe(404);
  await expect.poll(() => next.evaluate(() => document.cookie), { timeout: 20_000 }).not.toContain("murmur_");
  await context.close();
});
