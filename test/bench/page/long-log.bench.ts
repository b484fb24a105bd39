import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../../kit/browser.ts";
import { figure, type Figures, median } from "../figures.ts";
import { type Candidate, candidates } from "./candidates.ts";
import { LONG_LOG } from "./long-log-events.ts";
import { type PageServer, startPageServer } from "./page-server.ts";

const ROUNDS = 3;

/** How a page of a shopper with a long log began. */
interface Start {
  /** From the tag's init to the first answer of `segments()`, ms by the clock. */
  first: number;
  /** Rows of the log that were read before it. */
  read: number;
}

/** How soon a page knows its segments when the log is long: with the snapshot that the page before has kept, and without. */
export async function longLog(): Promise<Figures> {
  const murmur = (await candidates()).find(({ name }) => name === "murmur")!;
  const [full, none] = [await startPageServer([murmur], LONG_LOG), await startPageServer([murmur])];
  const browser = await launchChromium();
  try {
    const device = await filled(browser, full, murmur);
    const fresh = await filled(browser, none, murmur);
    const found = { kept: [] as Start[], lost: [] as Start[], short: [] as Start[] };
    for (let round = 0; round < ROUNDS; round++) {
      found.kept.push(await start(device, full, murmur));
      found.short.push(await start(fresh, none, murmur));
      await forgetSnapshot(device, full);
      found.lost.push(await start(device, full, murmur));
    }
    return figures(found);
  } finally {
    await browser.close();
    await full.close();
    await none.close();
  }
}

/** A browser in which the tag has fetched the shopper's whole log from the edge, evaluated it, and kept a snapshot. */
async function filled(browser: Browser, server: PageServer, murmur: Candidate): Promise<BrowserContext> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.page(murmur));
  await page.waitForFunction(() => performance.getEntriesByName("ready").length > 0);
  await page.evaluate(() => window.murmur.sync());
  await leave(page, server);
  return context;
}

async function start(context: BrowserContext, server: PageServer, murmur: Candidate): Promise<Start> {
  const page = await context.newPage();
  await page.addInitScript(countReads);
  await page.goto(server.page(murmur));
  await page.waitForFunction(() => performance.getEntriesByName("segments").length > 0);
  const found = await page.evaluate(() => ({
    first: performance.measure("first", "evaluated", "segments").duration,
    read: window.rowsRead ?? 0,
  }));
  await leave(page, server);
  return found;
}

declare global {
  interface Window {
    /** Rows of the log that IndexedDB has handed out until the first answer. */
    rowsRead?: number;
  }
}

function countReads(): void {
  const { getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAll = function (...query: []) {
    const request = getAll.apply(this, query);
    request.addEventListener("success", () => {
      if (performance.getEntriesByName("segments").length > 0) return;
      window.rowsRead = (window.rowsRead ?? 0) + request.result.length;
    });
    return request;
  };
}

/** Leaves the page as a shopper does; the tag keeps what it has, which takes a moment. */
async function leave(page: Page, server: PageServer): Promise<void> {
  await page.waitForTimeout(400);
  await page.goto(`${server.url}/blank`);
  await page.close();
}

async function forgetSnapshot(context: BrowserContext, server: PageServer): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${server.url}/blank`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("murmur");
        opening.addEventListener("success", () => {
          const transaction = opening.result.transaction("log", "readwrite");
          transaction.objectStore("log").delete("profile");
          transaction.addEventListener("complete", () => resolve());
          transaction.addEventListener("error", () => reject(transaction.error));
        });
      }),
  );
  await page.close();
}

function figures(found: Readonly<Record<"kept" | "lost" | "short", readonly Start[]>>): Figures {
  const firsts = (starts: readonly Start[]) => median(starts.map(({ first }) => first));
  const row = (what: string, starts: readonly Start[]): string[] => [
    what,
    figure(firsts(starts)),
    figure(Math.min(...starts.map(({ first }) => first))),
    `${figure(firsts(starts) / firsts(found.kept))}×`,
    figure(median(starts.map(({ read }) => read))),
  ];
  return {
    title: "From init to the first answer of segments() on the next page, 50 segments, full speed",
    columns: ["log", "median, ms", "least, ms", "÷ with a snapshot", "rows read"],
    rows: [
      row("10,000 events, with a snapshot", found.kept),
      row("page views alone, with a snapshot", found.short),
      row("10,000 events, without", found.lost),
    ],
    notes: [
      "by the clock, opening the database included; the log came down from the edge, as a joined customer's does",
      "to be: 20 ms at most with a snapshot, and 10,000 events not read",
    ],
  };
}
