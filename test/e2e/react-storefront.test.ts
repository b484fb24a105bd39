import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startReactStorefront } from "../../examples/react-storefront/start-react-storefront.ts";
import { freePort, type EdgeProcess } from "../../tools/edge-process.ts";
import { cleanPage, launchChromium } from "../kit/browser.ts";
import { deviceSegments, syncNow, visit } from "../kit/tag.ts";

const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
const OWN = "Made for hills that keep going";
const RUNNING = "Find the shoe that fits your stride";

let folder: string;
let shop: EdgeProcess;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  [shop, browser] = await Promise.all([
    startReactStorefront({ port: await freePort(), persistTo: folder }),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await shop?.kill();
  await rm(folder, { recursive: true, force: true });
});

// In a test, Vite builds React as it is for development: it says in the console where the two renderings differ.

/** Keeps every title that the hero has ever shown on a page. */
async function keepTitles(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const titles = new Set<string>();
    Object.assign(window, { titles });
    const look = (): void => {
      const title = document.querySelector(".hero-title")?.textContent;
      if (title) titles.add(title);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  });
}

const titles = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(window as unknown as { titles: Set<string> }).titles]);

test("the edge's decision is in the first HTML, React takes it over as it is, and the device goes on from there", async () => {
  const context = await browser.newContext();
  const { page, faults } = await cleanPage(context);
  await keepTitles(page);
  const hero = page.getByTestId("hero");
  for (const shoe of SHOES.slice(0, 3)) await visit(page, `${shop.url}/products/${shoe}`);
  await page.goto(shop.url);
  await syncNow(page);
  expect(await titles(page)).toEqual([OWN]);

  // The fourth: the device changes its mind before anybody's eyes.
  await visit(page, `${shop.url}/products/${SHOES[3]}`);
  await expect.poll(() => hero.textContent()).toContain(RUNNING);
  expect(await deviceSegments(page)).toContain("running-shoe-intent");
  await syncNow(page);

  // From then on it is so from the beginning: in the HTML, without any script, and in every rendering of React's.
  const html = await (await context.request.get(shop.url)).text();
  expect(html).toContain('data-murmur-variant="running"');
  expect(html).toContain(RUNNING);
  expect(html).not.toContain(OWN);
  await page.goto(shop.url);
  await syncNow(page);
  await page.waitForTimeout(300);
  expect(await titles(page)).toEqual([RUNNING]);
  expect(faults).toEqual([]);
  await context.close();
});

test("where the browser has emptied its storage, what the edge has rendered stays until the device knows as much again", async () => {
  const context = await browser.newContext();
  const { page, faults } = await cleanPage(context);
  await keepTitles(page);
  for (const shoe of SHOES) await visit(page, `${shop.url}/products/${shoe}`);
  await syncNow(page);
  await page.goto("about:blank");
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: shop.url, storageTypes: "indexeddb" });

  let late = 0;
  await page.route("**/v1/sync", async (route) => {
    late++;
    await sleep(1_500);
    await route.continue();
  });
  await page.goto(shop.url);
  await expect.poll(() => late, { timeout: 20_000 }).toBeGreaterThan(0);
  await expect.poll(() => deviceSegments(page), { timeout: 20_000 }).toContain("running-shoe-intent");
  await page.waitForTimeout(300);
  expect(await titles(page)).toEqual([RUNNING]);
  expect(faults).toEqual([]);
  await context.close();
});

test("a cart, an order, and a home page that thanks, on a phone", async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page, faults } = await cleanPage(context);
  await visit(page, `${shop.url}/products/traverse-18`);
  await page.getByTestId("add-to-cart").click();
  await expect.poll(() => page.getByTestId("cart-count").textContent()).toBe("1");
  await page.goto(`${shop.url}/cart`);
  await page.getByTestId("place-order").click();
  await page.getByText("Thank you.").waitFor();
  // The button that was pressed is gone: who reads the page by ear goes on from here.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Thank you.");
  await expect.poll(() => deviceSegments(page)).toContain("first-time-buyer");
  await syncNow(page);
  await page.goto(shop.url);
  expect(await page.getByTestId("hero").getAttribute("data-murmur-variant")).toBe("thanks");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(faults).toEqual([]);
  await context.close();
});

test("what is not there says so", async () => {
  expect((await fetch(`${shop.url}/products/nothing`)).status).toBe(404);
});

test("who has lost the way finds a page of the shop; a program, Murmur's own answer", async () => {
  const context = await browser.newContext();
  const { page, faults } = await cleanPage(context);
  for (const path of ["/nowhere", "/nowhere/at/all", "/products/nothing"]) {
    const answer = await page.goto(`${shop.url}${path}`);
    expect(answer?.status(), path).toBe(404);
    await page.getByRole("heading", { name: "The path ends here." }).waitFor();
    expect(await page.title(), path).toContain("Not found");
  }
  await page.getByRole("link", { name: "Back to the trailhead" }).click();
  await page.waitForURL(`${shop.url}/`);
  // The status itself is said in the console by the browser.
  expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]);
  const asked = await fetch(`${shop.url}/v1/nowhere`);
  expect([asked.status, await asked.json()]).toEqual([404, expect.objectContaining({ code: "not_found" })]);
  await context.close();
});
