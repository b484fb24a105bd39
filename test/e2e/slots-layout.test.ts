import type { ServerResponse } from "node:http";
import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceSegments, tagReady } from "../kit/tag.ts";

const FILLED = "Find the shoe that fits your stride";
/** What the shop says of its slot's size, so that nothing moves whatever it shows. */
const SIZED = `<style>[data-murmur-slot] { display: block; height: 120px; overflow: hidden } img { width: 60px; height: 60px }</style>`;

const own = useOwnPages();

const tag = (consent = "opt-out"): string =>
  `<script async src="${own.edge.url}/murmur.js" data-consent="${consent}" data-capture="false"></script>`;
const slot = (id: string, timeout?: string): string =>
  `<section id="${id}" data-murmur-slot="hero" ${timeout === undefined ? "" : `data-murmur-timeout="${timeout}"`}>
    <h1 data-murmur-text="title">Own</h1><p data-murmur-text="text">Own text</p>
    <img data-murmur-src="image" src="data:," alt=""></section>`;
const title = (page: Page, id: string): Promise<string | null> => page.locator(`#${id} h1`).textContent();

/** A shopper who has looked at running shoes before, and of whom a snapshot is kept. */
async function knownShopper(): Promise<BrowserContext> {
  own.file("/pictures/hero-running.svg", (response) => {
    response.writeHead(200, { "content-type": "image/svg+xml" });
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"/>');
  });
  const context = await own.browser.newContext();
  const page = await context.newPage();
  await page.goto(own.page("/before", { html: tag() }));
  await tagReady(page);
  await page.evaluate(async () => {
    await window.murmur.sync();
    for (let at = 0; at < 4; at++) await window.murmur.track("Product Viewed", { category: "running-shoes" });
  });
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await page.close();
  return context;
}

test("what the device knows by itself is in the slot before the page is painted, though the slot gives it no time", async () => {
  const context = await knownShopper();
  await context.route(`${own.edge.url}/v1/**`, (route) => route.abort());
  let style: ServerResponse | undefined;
  own.file("/late.css", (response) => (style = response));
  const url = own.page("/early", {
    html: `${SIZED}${tag()}<link rel="stylesheet" href="/late.css">${slot("hero", "0")}`,
  });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => document.querySelector("h1")?.textContent)).toBe(FILLED);
  const painted = () => page.evaluate(() => performance.getEntriesByType("paint").length);
  expect(await painted()).toBe(0);
  await expect.poll(() => style).toBeDefined();
  style!.writeHead(200, { "content-type": "text/css" }).end();
  await expect.poll(painted).toBeGreaterThan(0);
  expect(await title(page, "hero")).toBe(FILLED);
  await context.close();
});

test("what is decided after a slot's timeout is told and not shown, and a slot that has more time is filled", async () => {
  const context = await knownShopper();
  const { page, faults } = await cleanPage(context);
  await page.goto(
    own.page("/late", {
      html: `${SIZED}${tag("opt-in")}${slot("hero")}${slot("odd", "soon")}${slot("patient", "3600000")}`,
    }),
  );
  await tagReady(page);
  await page.waitForFunction(
    () => performance.now() > 300 && performance.getEntriesByType("paint").length > 0,
  );
  const told = await page.evaluate(async () => {
    let changes = 0;
    new MutationObserver((records) => (changes += records.length)).observe(document.querySelector("#hero")!, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    const slots = new Promise<unknown>((resolve) => window.murmur.on("slot" as never, resolve as never));
    window.murmur.consent({ analytics: true, personalization: true });
    const variant = await slots;
    await window.murmur.segments();
    await new Promise((resolve) => setTimeout(resolve));
    return { variant, changes };
  });
  expect(told).toMatchObject({ variant: { slot: "hero", decision: { variant: "running" } }, changes: 0 });
  expect(await title(page, "hero")).toBe("Own");
  expect(await page.locator("#hero").getAttribute("data-murmur-variant")).toBe(null);
  expect(await title(page, "odd")).toBe("Own");
  expect(await title(page, "patient")).toBe(FILLED);
  expect(faults).toEqual([]);
  await context.close();
});

test("a slot that comes later has its own time, and is filled before the frame in which it comes is painted", async () => {
  const context = await knownShopper();
  const { page, faults } = await cleanPage(context);
  await page.goto(own.page("/long-open", { html: `${SIZED}${tag()}` }));
  await deviceSegments(page);
  await page.waitForFunction(() => performance.now() > 1_000);
  const seen = await page.evaluate(async (markup) => {
    const main = document.createElement("main");
    main.innerHTML = markup;
    document.body.append(main);
    // Of all that is done before the next paint, this comes last.
    return new Promise((resolve) =>
      requestAnimationFrame(() => resolve(main.querySelector("h1")!.textContent)),
    );
  }, slot("late"));
  expect(seen).toBe(FILLED);
  expect(faults).toEqual([]);
  await context.close();
});

test("filling a slot of the page's own size shifts nothing, also under the shopper's eyes", async () => {
  const context = await knownShopper();
  await context.addInitScript(() => {
    Object.assign(window, { shifts: [] as number[] });
    new PerformanceObserver((list) => {
      const { shifts } = window as never as { shifts: number[] };
      shifts.push(...list.getEntries().map((entry) => (entry as never as { value: number }).value));
    }).observe({ type: "layout-shift", buffered: true });
  });
  const { page, faults } = await cleanPage(context);
  const below = `<p id="below">What comes below it</p>`;
  await page.goto(
    own.page("/shift", { html: `${SIZED}${tag("opt-in")}${slot("hero", "Infinity")}${below}` }),
  );
  await tagReady(page);
  await page.waitForFunction(() => performance.getEntriesByType("paint").length > 0);
  await page.evaluate(() => window.murmur.consent({ analytics: true, personalization: true }));
  await expect.poll(() => title(page, "hero")).toBe(FILLED);
  const shifts = () => page.evaluate(() => (window as never as { shifts: number[] }).shifts);
  // Two frames: what has shifted is told by then.
  const frames = () =>
    page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  await frames();
  expect(await shifts()).toEqual([]);
  await page.evaluate(() =>
    document.body.prepend(Object.assign(document.createElement("p"), { textContent: "Moves it all" })),
  );
  await expect.poll(shifts).not.toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test.each([
  ["after a sign-out nothing of the first one's stays, however late", "reset"],
  ["when nothing may be personal any more, nothing of it stays, however late", "consent"],
])("%s", async (_what, leave) => {
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(own.page(`/${leave}`, { html: `${SIZED}${tag()}${slot("hero", "Infinity")}` }));
  await tagReady(page);
  await page.evaluate(async () => {
    for (let at = 0; at < 4; at++) await window.murmur.track("Product Viewed", { category: "running-shoes" });
  });
  await expect.poll(() => title(page, "hero")).toBe(FILLED);
  await page.evaluate((how) => {
    // From now on, its time is over.
    document.querySelector("#hero")!.setAttribute("data-murmur-timeout", "0");
    if (how === "reset") return (window.murmur as never as { reset(): Promise<void> }).reset();
    return window.murmur.consent({ personalization: false });
  }, leave);
  await expect.poll(() => title(page, "hero")).toBe("Own");
  expect(await page.locator("#hero p").textContent()).toBe("Own text");
  expect(faults).toEqual([]);
  await context.close();
});
