import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { type MainThread, traced } from "./main-thread.ts";
import type { Candidate } from "./candidates.ts";
import type { PageServer } from "./page-server.ts";

/** How many events are recorded one by one. */
const RECORDED = 20;
/** How long a page may take until it has its answers, ms. */
const PATIENCE = 20_000;

/** What recording an event takes of the main thread, ms, on average. */
export interface Recording {
  /** The call itself. */
  call: number;
  /** Until the page goes on: with the microtasks that the call leaves behind. */
  yields: number;
}

export interface PageLoad extends MainThread {
  recording?: Recording;
}

export interface Conditions {
  /** How many times slower than it is the processor shall be. */
  slowDown: number;
  /** How long the page is looked at, ms. */
  span: number;
}

/** Opens a candidate's page in a browser that knows nothing of it. */
export async function loadPage(
  browser: Browser,
  server: PageServer,
  candidate: Candidate,
  { slowDown, span }: Conditions,
): Promise<PageLoad> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // Its process is there, and slowed down, before anything is measured.
    await page.goto(`${server.url}/blank`);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowDown });
    const load = await traced(browser, page, span, async () => {
      await page.goto(server.page(candidate), { waitUntil: "commit" });
      // A little more than is measured: the page's time begins after the call.
      await sleep(span + 100);
      if (candidate.script !== undefined) await ready(page);
    });
    const recording = await recordSome(page);
    return { ...load, ...(recording && { recording }) };
  } finally {
    await context.close();
  }
}

/** Waits for a page that others keep waiting. */
async function ready(page: Page): Promise<void> {
  const isReady = () => page.evaluate(() => performance.getEntriesByName("ready").length > 0);
  for (const deadline = performance.now() + PATIENCE; !(await isReady()); await sleep(200)) {
    if (performance.now() > deadline) throw new Error(`${page.url()} has no answers`);
  }
}

/** Records events one after the other; nothing where the candidate records none. */
async function recordSome(page: Page): Promise<Recording | undefined> {
  return page.evaluate(async (count) => {
    const { recordOne } = window;
    if (!recordOne) return undefined;
    const channel = new MessageChannel();
    channel.port1.start();
    let [call, yields] = [0, 0];
    for (let at = 0; at < count; at++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const next = new Promise<number>((resolve) => {
        channel.port1.addEventListener("message", () => resolve(performance.now()), { once: true });
      });
      // Sent first, so that it waits for the end of this very task and for nothing else.
      channel.port2.postMessage("");
      const begun = performance.now();
      const recorded = recordOne();
      const returned = performance.now();
      call += (returned - begun) / count;
      yields += ((await next) - begun) / count;
      await recorded;
    }
    return { call, yields };
  }, RECORDED);
}
