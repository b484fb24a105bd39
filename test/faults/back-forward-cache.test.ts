import type { BrowserContext } from "playwright-core";
import { expect, test } from "vitest";
import { openCachedTab, type Tab } from "../kit/cached-tab.ts";
import { moveClock } from "../kit/demo-shop.ts";
import { edgeLog, idsOf } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { give, passOn } from "../kit/gateway.ts";
import { ownChromium } from "../kit/own-chromium.ts";

const DAY = 864e5;

const gated = useGatedEdge();

/** The page's own notes: what its error handlers and its listeners hear of. */
const NOTES = `
  window.faults = []; window.told = [];
  addEventListener("error", ({ message }) => faults.push(message));
  addEventListener("unhandledrejection", ({ reason }) => faults.push(String(reason)));
  const now = Date.now;
  Date.now = () => now() + Number(localStorage.getItem("ahead") ?? 0);
`;

async function openShop(context: BrowserContext): Promise<Tab & { device: string }> {
  const tab = await openCachedTab(context);
  await tab.session.send("Page.addScriptToEvaluateOnNewDocument", { source: NOTES });
  await tab.go(`${gated.site.url}/`);
  await expect.poll(() => tab.run("typeof window.murmur?.deviceId")).toBe("function");
  await tab.run(`for (const change of ["entered", "exited"])
    murmur.on(change, ({ segment }) => told.push(change + " " + segment));`);
  await tab.run("murmur.sync()");
  return { ...tab, device: await tab.run("murmur.deviceId()") };
}

/** The page that the tab has gone to is left no sooner than what it has recorded by itself is kept. */
async function settled(tab: Tab): Promise<void> {
  await expect.poll(() => tab.run("typeof window.murmur?.deviceId")).toBe("function");
  await tab.run("murmur.segments()");
}

const viewShoe = (id: string) =>
  `murmur.track("Product Viewed", { category: "running-shoes" }, { id: ${JSON.stringify(id)} })`;

test("a page that comes back from the cache counts as one more view, and goes on recording and delivering", async () => {
  const { context } = await ownChromium();
  const tab = await openShop(context);
  await tab.run(viewShoe("before"));
  await tab.run("murmur.sync()");
  await tab.go(`${gated.site.url}/next`);
  await settled(tab);
  await tab.back();
  await tab.run(viewShoe("after"));
  const views = ["Page Viewed", "Page Viewed", "Page Viewed"];
  const names = async () => (await edgeLog(gated.edge.url, tab.device)).map(({ name }) => name).toSorted();
  // The page, the next one, the page again; nobody asks for it to be delivered. A call that was on its way as the page was
  // left is given up after 20 s.
  await expect.poll(names, { timeout: 60_000 }).toEqual([...views, "Product Viewed", "Product Viewed"]);
  expect(await tab.run("faults")).toEqual([]);
});

test("a page that is left with events not delivered yet comes back from the cache, and each counts once", async () => {
  const { context } = await ownChromium();
  const tab = await openShop(context);
  // The edge asks to be left alone: what is recorded now waits, until the page is left.
  gated.gateway.answer = async (response, pass) => {
    const { headers } = await pass();
    give(response, { status: 429, headers: { ...headers, "retry-after": "3600" }, body: "" });
  };
  await tab.run("murmur.sync()");
  await tab.run(viewShoe("left"));
  gated.gateway.answer = passOn;
  await tab.go(`${gated.site.url}/next`);
  const delivered = async () => idsOf(await edgeLog(gated.edge.url, tab.device), "Product Viewed");
  await expect.poll(delivered).toEqual(["left"]);
  await tab.back();
  await tab.run("murmur.sync()");
  expect(idsOf(await edgeLog(gated.edge.url, tab.device), "Product Viewed")).toContain("left");
  const all = (await edgeLog(gated.edge.url, tab.device)).map(({ id }) => id);
  expect(all).toHaveLength(new Set(all).size);
  expect(await tab.run("faults")).toEqual([]);
});

test("what other tabs record while a page is in the cache is known to it when it comes back", async () => {
  const { context } = await ownChromium();
  const tab = await openShop(context);
  await tab.go(`${gated.site.url}/next`);
  const other = await openShop(context);
  for (const id of ["other-1", "other-2", "other-3", "other-4"]) await other.run(viewShoe(id));
  await tab.back();
  await expect.poll(() => tab.run("murmur.segments()")).toContain("running-shoe-intent");
  expect(await tab.run("faults")).toEqual([]);
});

test("a segment that time alone has ended meanwhile is exited at once when the page comes back", async () => {
  const { context } = await ownChromium();
  const tab = await openShop(context);
  for (const id of ["timed-1", "timed-2", "timed-3", "timed-4"]) await tab.run(viewShoe(id));
  await tab.run("murmur.sync()");
  expect(await tab.run("murmur.segments()")).toContain("running-shoe-intent");
  await tab.go(`${gated.site.url}/next`);
  // Else the next page may learn from the edge how late it is, and be the one that tells of the exit.
  await settled(tab);
  await tab.rest();
  // It is the device that knows, not the edge.
  gated.gateway.answer = (response) => response.destroy();
  await moveClock(gated.edge.url, tab.device, 8 * DAY);
  await tab.run(`localStorage.setItem("ahead", ${8 * DAY})`);
  await tab.back();
  await expect.poll(() => tab.run<string[]>("told")).toContain("exited running-shoe-intent");
  expect(await tab.run("murmur.segments()")).not.toContain("running-shoe-intent");
  expect(await tab.run("faults")).toEqual([]);
});

test("a no that is said while a page is in the cache is one on that page, too, when it comes back", async () => {
  const { context } = await ownChromium();
  const tab = await openShop(context);
  for (const id of ["no-1", "no-2", "no-3", "no-4"]) await tab.run(viewShoe(id));
  expect(await tab.run("murmur.segments()")).toContain("running-shoe-intent");
  await tab.go(`${gated.site.url}/next`);
  await settled(tab);
  await tab.run("murmur.consent({ personalization: false })");
  await settled(tab);
  await tab.back();
  await expect.poll(() => tab.run("murmur.segments()")).toEqual([]);
  expect(await tab.run("faults")).toEqual([]);
});

test("what was erased while a page was in the cache stays erased when it comes back", async () => {
  const { context } = await ownChromium();
  const tab = await openShop(context);
  await tab.run(viewShoe("erased"));
  await tab.run("murmur.sync()");
  await tab.go(`${gated.site.url}/next`);
  await settled(tab);
  await tab.run("murmur.forget()");
  await tab.run("murmur.segments()");
  await tab.back();
  await tab.run("murmur.segments()");
  expect(await tab.run("murmur.deviceId()")).not.toBe(tab.device);
  await tab.run(viewShoe("after"));
  await tab.run("murmur.sync()");
  await expect.poll(() => edgeLog(gated.edge.url, tab.device)).toEqual([]);
  expect(await tab.run("faults")).toEqual([]);
});
