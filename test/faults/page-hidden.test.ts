import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../kit/browser.ts";
import { edgeLog, idsOf } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { passOn } from "../kit/gateway.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { deviceId, syncNow, tagReady } from "../kit/tag.ts";

/** What browsers let a page send as it goes away. https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const QUOTA = 65_536;

const gated = useGatedEdge();
let browser: Awaited<ReturnType<typeof launchChromium>>;
let context: BrowserContext;
let faults: string[];
beforeAll(async () => {
  browser = await launchChromium();
});
beforeEach(async () => {
  context = await browser.newContext();
  faults = await watchFaults(context);
});
afterEach(async () => {
  await context.close();
  expect(faults).toEqual([]);
});
afterAll(() => browser?.close());

async function openPage(): Promise<{ page: Page; device: string }> {
  const page = await context.newPage();
  await page.goto(`${gated.site.url}/?capture=false`);
  await tagReady(page);
  await syncNow(page);
  gated.gateway.calls.length = 0;
  return { page, device: await deviceId(page) };
}

/**
 * Records so many events of that many characters, and leaves at once for a page without the tag. What asks for it is answered
 * before: a page that goes takes the answers it owes along.
 */
async function viewAndLeave(page: Page, count: number, characters: number, text = "x"): Promise<string[]> {
  const ids = Array.from({ length: count }, (_none, at) => `event-${at}`);
  await page.evaluate(
    ([own, note, next]) => {
      const leave = async (): Promise<void> => {
        await Promise.all(own.map((id) => window.murmur.track("Product Viewed", { note }, { id })));
        location.assign(next);
      };
      void leave();
    },
    [ids, text.repeat(characters), `${gated.site.url}/plain`] as const,
  );
  await page.waitForURL("**/plain");
  return ids;
}

const beacons = () => gated.gateway.calls.filter(({ beacon }) => beacon);

async function idsAtEdge(device: string): Promise<string[]> {
  return idsOf(await edgeLog(gated.edge.url, device), "Product Viewed");
}

test("a page that is left right after it has recorded sends what it has as it goes, and it counts once", async () => {
  const { page, device } = await openPage();
  const ids = await viewAndLeave(page, 5, 10);
  // There is no page with the tag any more that could deliver.
  await expect.poll(() => idsAtEdge(device)).toEqual(ids);
  expect(beacons().map((beacon) => beacon.ids)).toEqual([ids]);
  await page.goto(`${gated.site.url}/?capture=false`);
  await tagReady(page);
  await syncNow(page);
  expect(await idsAtEdge(device)).toEqual(ids);
});

test.each([
  ["in plain text", "x", 5_000],
  ["in letters of three bytes each", "語", 1_700],
])(
  "what does not fit into what a browser lets a page send as it goes, %s, stays for the next page and counts once",
  async (_what, text, characters) => {
    const { page, device } = await openPage();
    const ids = await viewAndLeave(page, 30, characters, text);
    await expect.poll(() => beacons().length).toBeGreaterThan(0);
    await expect.poll(async () => (await idsAtEdge(device)).length).toBeGreaterThan(0);
    // The oldest leave first, as many as fit.
    const first = await idsAtEdge(device);
    expect(first).toEqual(ids.slice(0, first.length));
    expect(first.length).toBeGreaterThanOrEqual(10);
    expect(first.length).toBeLessThan(ids.length);
    for (const { bytes } of beacons()) expect(bytes).toBeLessThanOrEqual(QUOTA);
    await page.goto(`${gated.site.url}/?capture=false`);
    await tagReady(page);
    await syncNow(page);
    expect(await idsAtEdge(device)).toEqual(ids);
  },
);

test("a page that is hidden while a call of it is on its way loses nothing and counts nothing twice", async () => {
  const { page, device } = await openPage();
  // Taken by the edge, but the page does not live to hear of it.
  gated.gateway.answer = async (_response, pass) => void (await pass());
  const sent = page.evaluate(async () => {
    for (let at = 0; at < 10; at++)
      await window.murmur.track("Product Viewed", { note: "x".repeat(4_000) }, { id: `first-${at}` });
    void window.murmur.sync();
  });
  await sent;
  await expect.poll(() => gated.gateway.calls.length).toBeGreaterThan(0);
  const later = await viewAndLeave(page, 5, 4_000);
  const all = [...Array.from({ length: 10 }, (_none, at) => `first-${at}`), ...later];
  gated.gateway.answer = passOn;
  await page.goto(`${gated.site.url}/?capture=false`);
  await tagReady(page);
  await syncNow(page);
  expect((await idsAtEdge(device)).sort()).toEqual(all.sort());
});

test.each([
  ["pagehide", "window"],
  ["visibilitychange", "document"],
] as const)(
  "what a page records at the very end, as it hears of %s, leaves with it",
  async (type, target) => {
    const { page, device } = await openPage();
    await page.evaluate(
      ([type, target]) =>
        (target === "window" ? window : document).addEventListener(
          type,
          () => void window.murmur.track("Product Viewed", {}, { id: `at-${type}` }),
        ),
      [type, target] as const,
    );
    const ids = [`at-${type}`, ...(await viewAndLeave(page, 2, 10))];
    // Two calls that nobody waits for: the second may be there first.
    const atEdge = async () => (await idsAtEdge(device)).sort();
    await expect.poll(atEdge).toEqual(ids);
    await page.goto(`${gated.site.url}/?capture=false`);
    await tagReady(page);
    await syncNow(page);
    expect(await atEdge()).toEqual(ids);
  },
);
