import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeLog } from "../kit/edge-log.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { clockError, deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const HOUR = 36e5;
/** The longest that a timer can wait. https://developer.mozilla.org/docs/Web/API/setTimeout#maximum_delay_value */
const LONGEST = 2 ** 31 - 1;

interface Machine {
  /** What the machine's clock is off by, ms. */
  clock: number;
  hidden: boolean;
  delays: number[];
}

declare global {
  interface Window {
    machine: Machine;
  }
}

const own = useOwnPages("test/kit/long-and-short.config.ts");

/** A page on a machine whose clock can be set, and that can be put to sleep: then the page's own time stands still. */
async function openPage(context: BrowserContext, clock = 0): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await cleanPage(context);
  await page.addInitScript((off) => {
    const { now } = Date;
    const later = window.setTimeout;
    const machine = { clock: off, hidden: false, delays: [] as number[] };
    Object.assign(window, { machine });
    Date.now = () => now() + machine.clock;
    Object.defineProperty(document, "hidden", { get: () => machine.hidden });
    window.setTimeout = ((work: () => void, delay = 0) => {
      machine.delays.push(delay);
      return later(work, delay);
    }) as typeof setTimeout;
  }, clock);
  const attributes = 'data-consent="opt-out" data-capture="false"';
  await page.goto(
    own.page("/", { html: `<script async src="${own.edge.url}/murmur.js" ${attributes}></script>` }),
  );
  await tagReady(page);
  return { page, faults };
}

const seen = (page: Page): Promise<void> => page.evaluate(() => window.murmur.track("Seen"));
const setClock = (page: Page, by: number): Promise<unknown> =>
  page.evaluate((ms) => (window.machine.clock += ms), by);

/** The lid is closed, and opened so many ms later. */
async function sleep(page: Page, ms: number, event: "visibilitychange" | "pageshow"): Promise<void> {
  await page.evaluate(
    ([slept, wakes]) => {
      window.machine.hidden = true;
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      window.machine.clock += slept;
      window.machine.hidden = false;
      (wakes === "pageshow" ? window : document).dispatchEvent(new Event(wakes, { bubbles: true }));
    },
    [ms, event] as const,
  );
}

test.each([5, -30])(
  "a clock that is set %d hours on while pages are open harms neither what is recorded nor what is decided",
  async (hours) => {
    const begun = Date.now();
    const context = await own.browser.newContext();
    const { page, faults } = await openPage(context);
    await syncNow(page);
    await seen(page);
    await page.evaluate(() => {
      Object.assign(window, { exits: [] as string[] });
      window.murmur.on("exited", ({ segment }) =>
        (window as never as { exits: string[] }).exits.push(segment),
      );
    });
    await setClock(page, hours * HOUR);
    expect(await clockError(page)).toBeLessThan(2_000);
    await seen(page);
    expect(await deviceSegments(page)).toContain("long");
    expect(await deviceSegments(page)).not.toContain("idle");
    // What a page delivers for another is placed by its own clock: the first one's are there before the next one comes.
    await expect.poll(async () => edgeLog(own.edge.url, await deviceId(page))).toHaveLength(2);
    // A page that comes later knows the clock as it is now alone; what it learns must not mislead the first.
    const second = await openPage(context, hours * HOUR);
    await syncNow(second.page);
    expect(await clockError(second.page)).toBeLessThan(2_000);
    for (const each of [page, second.page, page]) {
      await seen(each);
      await syncNow(each);
      expect(await clockError(each)).toBeLessThan(2_000);
    }
    expect(await clockError(second.page)).toBeLessThan(2_000);
    const device = await deviceId(page);
    const log = await edgeLog(own.edge.url, device);
    expect(log).toHaveLength(5);
    for (const { timestamp } of log) {
      expect(timestamp).toBeGreaterThan(begun - 2_000);
      expect(timestamp).toBeLessThan(Date.now() + 2_000);
    }
    const exits = await page.evaluate(() => (window as never as { exits: string[] }).exits);
    expect(exits.filter((segment) => segment !== "short")).toEqual([]);
    // The next page begins with what was learned.
    const third = await openPage(context, hours * HOUR);
    await deviceSegments(third.page);
    expect(await clockError(third.page)).toBeLessThan(2_000);
    expect([...faults, ...second.faults, ...third.faults]).toEqual([]);
    await context.close();
  },
);

test.each(["visibilitychange", "pageshow"] as const)(
  "a machine that slept for hours: at %s what has become true meanwhile is, though no timer has run and no edge is there",
  async (event) => {
    const context = await own.browser.newContext();
    const { page, faults } = await openPage(context);
    await syncNow(page);
    await seen(page);
    await syncNow(page);
    await context.route(`${own.edge.url}/v1/**`, (route) => route.abort());
    await sleep(page, 3 * HOUR, event);
    expect(await deviceSegments(page)).toEqual(["idle", "long"]);
    await sleep(page, 60 * 24 * HOUR, event);
    expect(await deviceSegments(page)).toEqual(["idle"]);
    expect(faults).toEqual([]);
    await context.close();
  },
);

test("after a sleep that the page was not told of, one call to the edge sets its time right", async () => {
  const context = await own.browser.newContext();
  const { page, faults } = await openPage(context);
  await syncNow(page);
  // The edge's time has gone on by as much as this page's has not: its own time is what stood still.
  await page.evaluate(() => {
    const { now } = performance;
    const slept = 3 * 36e5;
    performance.now = () => now.call(performance) - slept;
  });
  expect(await clockError(page)).toBeGreaterThan(HOUR);
  await seen(page);
  await syncNow(page);
  expect(await clockError(page)).toBeLessThan(2_000);
  const next = await openPage(context);
  await deviceSegments(next.page);
  expect(await clockError(next.page)).toBeLessThan(2_000);
  expect([...faults, ...next.faults]).toEqual([]);
  await context.close();
});

test("what ends in sixty days is waited for in steps that a timer can wait, and is not ended before", async () => {
  const context = await own.browser.newContext();
  const { page, faults } = await openPage(context);
  await syncNow(page);
  await seen(page);
  // Over the two hours and two seconds of the others, what is left is the long one.
  await sleep(page, 3 * HOUR, "visibilitychange");
  const delays = await page.evaluate(() => window.machine.delays);
  expect(delays.at(-1)).toBeDefined();
  expect(Math.max(...delays)).toBe(LONGEST);
  await page.waitForTimeout(500);
  expect(await deviceSegments(page)).toEqual(["idle", "long"]);
  expect(faults).toEqual([]);
  await context.close();
});

test("a tab that the browser froze finds out what has ended meanwhile as soon as it runs again", async () => {
  const context = await own.browser.newContext();
  const { page, faults } = await openPage(context);
  await syncNow(page);
  await page.evaluate(() => {
    const exits: string[] = [];
    Object.assign(window, { exits });
    window.murmur.on("exited", ({ segment }) => exits.push(segment));
  });
  await seen(page);
  const session = await context.newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await expect
    .poll(() => page.evaluate(() => (window as never as { exits: string[] }).exits))
    .toEqual(["short"]);
  expect(faults).toEqual([]);
  await context.close();
});
