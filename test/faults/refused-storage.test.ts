import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../kit/browser.ts";
import { customerToken } from "../kit/customer-token.ts";
import { edgeLog, idsOf } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { passOn } from "../kit/gateway.ts";
import { keptIds } from "../kit/kept-rows.ts";
import { ownChromium } from "../kit/own-chromium.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const gated = useGatedEdge();
let browser: Awaited<ReturnType<typeof launchChromium>>;
let context: BrowserContext;
let faults: string[];
let said: string[];
beforeAll(async () => {
  browser = await launchChromium();
});
beforeEach(async () => {
  context = await browser.newContext();
  faults = await watchFaults(context);
  said = [];
  context.on("console", (message) => {
    if (message.text().startsWith("murmur:")) said.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
  expect(faults).toEqual([]);
});
afterAll(() => browser?.close());

async function openPage(query = ""): Promise<Page> {
  const page = await context.newPage();
  await load(page, query);
  return page;
}

async function load(page: Page, query = ""): Promise<void> {
  await page.goto(`${gated.site.url}/?capture=false${query}`);
  await tagReady(page);
  await syncNow(page);
}

/** Resolves with what `track()` rejected with or threw, which must be nothing. */
function view(page: Page, id: string, note = ""): Promise<void> {
  return page.evaluate(
    async ([own, text]) =>
      window.murmur.track("Product Viewed", { category: "running-shoes", note: text }, { id: own }),
    [id, note] as const,
  );
}

async function expectAtEdge(device: string, ids: readonly string[]): Promise<void> {
  const atEdge = async () => idsOf(await edgeLog(gated.edge.url, device), "Product Viewed").sort();
  await expect.poll(atEdge, { timeout: 30_000 }).toEqual([...ids].sort());
}

/** What a browser does when its disk is full: as the request's own error, as the call's, or at the end of it all. */
const REFUSALS = {
  "throws at a put": "throw",
  "aborts the transaction": "abort",
} as const;

test.each(Object.entries(REFUSALS))(
  "a disk that is full in mid-page and %s: the page goes on in memory, says so once, and loses nothing",
  async (_how, kind) => {
    await context.addInitScript((how) => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...call: Parameters<IDBObjectStore["put"]>) {
        if (!(window as { full?: boolean }).full) return put.apply(this, call);
        if (how === "throw") throw new DOMException("the disk is full", "QuotaExceededError");
        const request = put.apply(this, call);
        this.transaction.abort();
        return request;
      };
    }, kind);
    const page = await openPage();
    const device = await deviceId(page);
    gated.gateway.answer = (response) => response.destroy();
    await view(page, "a");
    await view(page, "b");
    await page.evaluate(() => void Object.assign(window, { full: true }));
    for (const id of ["c", "d", "e"]) await view(page, id);
    expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
    expect(await deviceId(page)).toBe(device);
    gated.gateway.answer = passOn;
    await syncNow(page);
    await expectAtEdge(device, ["a", "b", "c", "d", "e"]);
    const refusals = (): string[] => said.filter((message) => message.includes("storage_refused"));
    await expect.poll(refusals).toHaveLength(1);
    expect(said.join()).toContain("going on in memory");
    // The next page finds the disk as it was, and the edge gives back what it does not have.
    const next = await openPage();
    expect(await deviceId(next)).toBe(device);
    await expect.poll(async () => (await keptIds(next)).sort()).toEqual(["a", "b", "c", "d", "e"]);
    await expectAtEdge(device, ["a", "b", "c", "d", "e"]);
  },
);

test("a quota that the browser itself enforces: what no longer fits goes on in memory, and nothing is lost", async () => {
  const chromium = await ownChromium();
  const refusals: string[] = [];
  chromium.context.on("console", (message) => {
    if (message.text().includes("storage_refused")) refusals.push(message.text());
  });
  const thrown = await watchFaults(chromium.context);
  const page = await chromium.context.newPage();
  const session = await chromium.context.newCDPSession(page);
  await page.goto(`${gated.site.url}/plain`);
  await session.send("Storage.overrideQuotaForOrigin", { origin: gated.site.url, quotaSize: 200_000 });
  await load(page);
  const device = await deviceId(page);
  gated.gateway.answer = (response) => response.destroy();
  const ids = Array.from({ length: 60 }, (_none, at) => `event-${at}`);
  for (const id of ids) await view(page, id, "x".repeat(12_000));
  // The words for it are a file of their own.
  await expect.poll(() => refusals).toHaveLength(1);
  gated.gateway.answer = passOn;
  await syncNow(page);
  await expectAtEdge(device, ids);
  expect(refusals).toHaveLength(1);
  expect(thrown).toEqual([]);
});

test("storage that the browser wipes in mid-page: the device stays who it is, and the edge gives its log back", async () => {
  const page = await openPage();
  const device = await deviceId(page);
  for (const id of ["a", "b", "c"]) await view(page, id);
  await syncNow(page);
  const closed = await listenForClose(page);
  await wipe(page);
  // Before a slow page has heard of it, what it does fails, and it goes on in memory.
  await closed();
  await view(page, "d");
  expect(await deviceId(page)).toBe(device);
  await syncNow(page);
  await expectAtEdge(device, ["a", "b", "c", "d"]);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  // Written anew, so that the next page is the same device.
  await load(page);
  expect(await deviceId(page)).toBe(device);
  expect((await keptIds(page)).sort()).toEqual(["a", "b", "c", "d"]);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
});

test("storage that the browser wipes between two pages: with her token, a customer's log and segments come back", async () => {
  const token = await customerToken("cust-ada");
  const page = await openPage(`&identity=${token}`);
  const before = await deviceId(page);
  for (const id of ["a", "b", "c", "d"]) await view(page, id);
  await syncNow(page);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await page.goto(`${gated.site.url}/plain`);
  await wipe(page);
  expect(await keptIds(page)).toEqual([]);
  await load(page, `&identity=${token}`);
  expect(await deviceId(page)).not.toBe(before);
  await expect.poll(() => deviceSegments(page)).toEqual(["running-shoe-intent"]);
  expect((await keptIds(page)).sort()).toEqual(["a", "b", "c", "d"]);
});

/** What it returns waits until the page has heard that its database was closed. */
async function listenForClose(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(async () => {
    const open = indexedDB.open("murmur");
    await new Promise((resolve) => open.addEventListener("success", resolve));
    const dropped = new Promise((resolve) => open.result.addEventListener("close", resolve));
    Object.assign(window, { dropped });
  });
  return () => page.evaluate(async () => void (await (window as never as { dropped: unknown }).dropped));
}

async function wipe(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: gated.site.url, storageTypes: "all" });
}
