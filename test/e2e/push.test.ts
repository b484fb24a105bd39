import type { BrowserContext, Page, WebSocket } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { openCachedTab } from "../kit/cached-tab.ts";
import { customerToken } from "../kit/customer-token.ts";
import { edgeProfile, moveClock } from "../kit/demo-shop.ts";
import { ownChromium } from "../kit/own-chromium.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const HOUR = 36e5;
/** Far more than it takes, and far less than anything else would bring the news: without it, nothing ever does. */
const soon = { timeout: 20_000 };

const own = useOwnPages();
const tag = (attributes: string) =>
  `<script async src="${own.edge.url}/murmur.js" data-plugins="push" ${attributes}></script>`;
beforeEach(() => {
  own.page("/open", { html: tag(`data-consent="opt-out"`) });
  own.page("/asking", { html: tag("") });
  own.page("/next", { html: "Next" });
});

interface Listening {
  context: BrowserContext;
  page: Page;
  faults: string[];
  /** The page's connections to the edge, in order. */
  lines: WebSocket[];
  /** The one that is open now. */
  openLine(): WebSocket | undefined;
}

/** A page in a browser of its own. */
async function visitor(url: string): Promise<Listening> {
  const context = await own.browser.newContext();
  const faults = await watchFaults(context);
  const page = await context.newPage();
  const lines: WebSocket[] = [];
  page.on("websocket", (line) => lines.push(line));
  await page.goto(url);
  await tagReady(page);
  return { context, page, faults, lines, openLine: () => lines.find((line) => !line.isClosed()) };
}

/** A customer's page, signed in, connected, and with nothing left to say. */
async function customerPage(customer: string): Promise<Listening> {
  const identity = await customerToken(customer);
  const visited = await visitor(
    own.page(`/of-${customer}`, { html: tag(`data-consent="opt-out" data-identity="${identity}"`) }),
  );
  await syncNow(visited.page);
  await expect.poll(() => visited.openLine() !== undefined, soon).toBe(true);
  return visited;
}

const viewShoes = (page: Page) =>
  page.evaluate(async () => {
    for (let shoe = 0; shoe < 4; shoe++)
      await window.murmur.track("Product Viewed", { category: "running-shoes" });
  });

async function leave(...visitors: Listening[]): Promise<void> {
  for (const { context, faults } of visitors) {
    expect(faults).toEqual([]);
    await context.close();
  }
}

test("what a customer does in one browser is known to the page that is open in another", async () => {
  const [phone, laptop] = [await customerPage("ada"), await customerPage("ada")];
  expect(await deviceId(phone.page)).not.toBe(await deviceId(laptop.page));
  await viewShoes(phone.page);
  await expect.poll(() => deviceSegments(laptop.page), soon).toContain("running-shoe-intent");
  await leave(phone, laptop);
});

test("what time alone changes at the edge is known to the open page", async () => {
  const shopper = await visitor(`${own.url}/open`);
  await shopper.page.evaluate(() => window.murmur.track("Product Added"));
  await syncNow(shopper.page);
  await expect.poll(() => shopper.openLine() !== undefined, soon).toBe(true);
  // The page has no way to know that the edge's clock has moved, but to ask it.
  await moveClock(own.edge.url, await deviceId(shopper.page), 3 * HOUR);
  await expect.poll(() => deviceSegments(shopper.page), soon).toContain("cart-abandoner");
  await leave(shopper);
});

test("a page connects once it is allowed, no sooner, and not again when everything was forgotten", async () => {
  const shopper = await visitor(`${own.url}/asking`);
  const allow = () =>
    shopper.page.evaluate(() => window.murmur.consent({ analytics: true, personalization: true }));
  await shopper.page.evaluate(() => window.murmur.track("Product Viewed"));
  await shopper.page.waitForTimeout(1_000);
  expect(shopper.lines).toEqual([]);
  await allow();
  await expect.poll(() => shopper.openLine() !== undefined, soon).toBe(true);
  // Something has changed, and while that is looked at, all is forgotten, which is a change, too.
  await shopper.page.evaluate(() => {
    const ignore = window.murmur.on("change", () => {
      ignore();
      window.murmur.forget();
    });
    return window.murmur.track("Product Viewed");
  });
  await expect.poll(() => shopper.openLine(), soon).toBeUndefined();
  const count = shopper.lines.length;
  await shopper.page.evaluate(() => window.murmur.track("Product Viewed"));
  await shopper.page.waitForTimeout(2_000);
  expect(shopper.lines).toHaveLength(count);
  await allow();
  await shopper.page.evaluate(() => window.murmur.track("Product Viewed"));
  await expect.poll(() => shopper.openLine() !== undefined, soon).toBe(true);
  await leave(shopper);
});

test("a page that nobody sees is not connected, and asks for what it has missed when it is seen again", async () => {
  const [phone, laptop] = [await customerPage("dan"), await customerPage("dan")];
  // Headless, no page is ever hidden: it is told so.
  const show = (seen: boolean) =>
    laptop.page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, !seen);
  await show(false);
  await expect.poll(() => laptop.openLine(), soon).toBeUndefined();
  const count = laptop.lines.length;
  await viewShoes(phone.page);
  await syncNow(phone.page);
  await laptop.page.evaluate(() => window.murmur.track("Something Else"));
  expect(laptop.lines).toHaveLength(count);
  await show(true);
  await expect.poll(() => laptop.openLine() !== undefined, soon).toBe(true);
  await expect.poll(() => deviceSegments(laptop.page), soon).toContain("running-shoe-intent");
  await leave(phone, laptop);
});

test("a connection over which nothing comes for minutes shows that it is alive, and stays", async () => {
  const context = await own.browser.newContext();
  const page = await context.newPage();
  const [said, heard]: [unknown[], unknown[]] = [[], []];
  let closed = 0;
  page.on("websocket", (line) => {
    line.on("framesent", ({ payload }) => said.push(payload));
    line.on("framereceived", ({ payload }) => heard.push(payload));
    line.on("close", () => closed++);
  });
  await page.clock.install();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const connected = new Promise((resolve) =>
    session.once("Network.webSocketHandshakeResponseReceived", resolve),
  );
  await page.goto(`${own.url}/open`);
  await connected;
  for (const minute of [1, 2, 3]) {
    await page.clock.runFor(46_000);
    await expect.poll(() => heard.length, soon).toBe(minute);
  }
  expect([said, heard, closed]).toEqual([Array(3).fill("ping"), Array(3).fill("pong"), 0]);
  await context.close();
});

test("a page that is let go connects again, to where its profile is by then", async () => {
  const shopper = await visitor(`${own.url}/open`);
  await expect.poll(() => shopper.openLine() !== undefined, soon).toBe(true);
  const before = shopper.openLine()!;
  const device = await deviceId(shopper.page);
  await syncNow(shopper.page);
  // The device has joined ben's profile behind the page's back: its own is no more.
  const identity = await customerToken("ben");
  const join = { device, sentAt: Date.now(), identity };
  await fetch(`${own.edge.url}/v1/sync`, { method: "POST", body: JSON.stringify(join) });
  await expect.poll(() => before.isClosed(), soon).toBe(true);
  await expect.poll(() => shopper.openLine() !== undefined, soon).toBe(true);
  const other = await customerPage("ben");
  await viewShoes(other.page);
  await expect.poll(() => deviceSegments(shopper.page), soon).toContain("running-shoe-intent");
  await leave(shopper, other);
});

test("who signs out is told of nothing more that the customer does", async () => {
  const [phone, laptop] = [await customerPage("cyd"), await customerPage("cyd")];
  const hers = await deviceId(laptop.page);
  await laptop.page.evaluate(() => window.murmur.reset());
  expect(await deviceId(laptop.page)).not.toBe(hers);
  await viewShoes(phone.page);
  await syncNow(phone.page);
  expect((await edgeProfile(own.edge.url, hers)).segments).toContain("running-shoe-intent");
  await laptop.page.evaluate(() => window.murmur.track("Something Else"));
  await expect.poll(() => laptop.lines.filter((line) => !line.isClosed()).length, soon).toBe(1);
  expect(await deviceSegments(laptop.page)).toEqual([]);
  await leave(phone, laptop);
});

test("a page with a connection is kept for the back button, and connects again when it comes back", async () => {
  const chromium = await ownChromium();
  const tab = await openCachedTab(chromium.context);
  let lines = 0;
  await tab.session.send("Network.enable");
  tab.session.on("Network.webSocketHandshakeResponseReceived", () => void lines++);
  await tab.go(`${own.url}/open`);
  await expect.poll(() => lines, soon).toBe(1);
  await tab.run("murmur.sync()");
  const device = await tab.run<string>("murmur.deviceId()");
  await tab.go(`${own.url}/next`);
  const entries = Array.from({ length: 4 }, (_none, shoe) => ({
    type: "event",
    id: `elsewhere-${shoe}`,
    name: "Product Viewed",
    timestamp: Date.now(),
    properties: { category: "running-shoes" },
  }));
  const call = { device, sentAt: Date.now(), entries };
  await fetch(`${own.edge.url}/v1/sync`, { method: "POST", body: JSON.stringify(call) });
  await tab.back();
  await expect.poll(() => lines, soon).toBe(2);
  // Nobody has told it while it slept: it has asked.
  await expect.poll(() => tab.run("murmur.segments()"), soon).toContain("running-shoe-intent");
});
