import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { edgeLog, idsOf } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { passOn, type Answer } from "../kit/gateway.ts";
import { ownChromium } from "../kit/own-chromium.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { takeNotes } from "../kit/page-notes.ts";
import { deviceId, deviceSegments, tagReady } from "../kit/tag.ts";

const TABS = 5;
const EACH = 200;
/** Milliseconds. */
const ARRIVED_WITHIN = 30_000;

const gated = useGatedEdge();

interface Tabs {
  pages: Page[];
  device: string;
  /** Transitions that listeners were told of, on any of the tabs: `entered running-shoe-intent`; and what else is noted. */
  notes: string[];
}

async function openTabs(context: BrowserContext): Promise<Tabs> {
  const notes = await takeNotes(context);
  const pages: Page[] = [];
  for (let at = 0; at < TABS; at++) {
    const page = await context.newPage();
    pages.push(page);
    await page.goto(`${gated.site.url}/?capture=false`);
    await tagReady(page);
    await page.evaluate(() => {
      for (const change of ["entered", "exited"] as const)
        window.murmur.on(change, ({ segment }) => window.note(`${change} ${segment}`));
    });
  }
  return { pages, device: await deviceId(pages[0]!), notes };
}

/** All of a tab's events at once; resolves with the ids of those whose `track()` has resolved. */
async function viewAll(page: Page, tab: string): Promise<string[]> {
  return page.evaluate(
    async ([prefix, count]) => {
      const ids = Array.from({ length: count }, (_none, at) => `${prefix}-${at}`);
      const properties = { category: "running-shoes" };
      await Promise.all(ids.map((id) => window.murmur.track("Product Viewed", properties, { id })));
      return ids;
    },
    [tab, EACH] as const,
  );
}

async function idsAtEdge(device: string): Promise<string[]> {
  return idsOf(await edgeLog(gated.edge.url, device), "Product Viewed").sort();
}

test("five tabs that record 200 events each at once are one device: one deliverer, each event once, one trigger", async () => {
  const { context } = await ownChromium();
  const faults = await watchFaults(context);
  const { pages, device, notes } = await openTabs(context);
  // Slow enough that two deliverers would be seen to overlap.
  gated.gateway.answer = async (response, pass) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    await passOn(response, pass);
  };
  const ids = (await Promise.all(pages.map((page, at) => viewAll(page, `tab-${at}`)))).flat();
  expect(new Set(ids).size).toBe(TABS * EACH);
  await expect.poll(() => idsAtEdge(device), { timeout: ARRIVED_WITHIN }).toEqual(ids.sort());
  expect(gated.gateway.mostAtOnce).toBe(1);
  for (const page of pages) expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  expect(notes).toEqual(["entered running-shoe-intent"]);
  // Nothing was taken twice either, where nobody has died; what the edge's own limit had to wait is sent again.
  const sent = gated.gateway.calls.filter(({ status }) => status === 200).flatMap((call) => call.ids);
  expect(sent.sort()).toEqual(ids);
  expect(faults).toEqual([]);
});

/** What becomes of the tab that is in the midst of delivering. */
const DEATHS: Record<string, (page: Page) => Promise<void>> = {
  "is closed": (page) => page.close({ runBeforeUnload: false }),
  async crashes(page) {
    const crashed = new Promise((resolve) => page.once("crash", resolve));
    const session = await page.context().newCDPSession(page);
    void session.send("Page.crash").catch(() => {});
    await crashed;
  },
};

test.each(Object.entries(DEATHS))(
  "the tab that delivers %s in the midst of it: another one goes on, and nothing is lost",
  async (_how, die) => {
    const { context } = await ownChromium();
    const faults = await watchFaults(context);
    const { pages, device, notes } = await openTabs(context);
    const deliverer = new Promise<Page>((resolve) => {
      context.on("request", (request) => {
        if (request.url().endsWith("/v1/sync") && request.postData()?.includes("tab-"))
          resolve(request.frame().page());
      });
    });
    // No call with events is answered before: whoever has sent the first holds the lock until it dies, or for 20 s, which
    // a slow machine may take to record them all.
    const hold: Answer = (response, pass) =>
      gated.gateway.calls.at(-1)?.ids.length === 0 ? passOn(response, pass) : undefined;
    gated.gateway.answer = hold;
    const recorded = pages.map((page, at) => viewAll(page, `tab-${at}`).catch((): string[] => []));
    const dying = await deliverer;
    const survivors = pages.filter((page) => page !== dying);
    // What this tab has recorded, too, is on disk: it dies only then.
    const ids = (await Promise.all(recorded)).flat();
    expect(ids).toHaveLength(TABS * EACH);
    expect(await idsAtEdge(device)).toEqual([]);
    await die(dying);
    gated.gateway.answer = passOn;
    await expect.poll(() => idsAtEdge(device), { timeout: ARRIVED_WITHIN }).toEqual(ids.sort());
    for (const page of survivors) expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
    expect(notes).toEqual(["entered running-shoe-intent"]);
    expect(faults).toEqual([]);
  },
);

test("a tab that crashes while it records: what its track() had resolved for arrives from another tab", async () => {
  const { context } = await ownChromium();
  const faults = await watchFaults(context);
  const { pages, device, notes: resolved } = await openTabs(context);
  const [first, second] = pages as [Page, Page];
  const tracking = first
    .evaluate(async () => {
      for (let at = 0; ; at++) {
        await window.murmur.track("Product Viewed", {}, { id: `first-${at}` });
        window.note(`first-${at}`);
      }
    })
    .catch(() => {});
  await expect.poll(() => resolved.length).toBeGreaterThan(20);
  await DEATHS["crashes"]!(first);
  await tracking;
  await second.evaluate(() => window.murmur.sync());
  const arrived = await idsAtEdge(device);
  expect(arrived).toHaveLength(new Set(arrived).size);
  expect(resolved.filter((id) => !arrived.includes(id))).toEqual([]);
  expect(faults).toEqual([]);
});
