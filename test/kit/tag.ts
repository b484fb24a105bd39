import type { Explanation, SlotDecision, Transition } from "@murmur/core";
import type { Page } from "playwright-core";

interface PageMurmur {
  track(name: string, properties?: object, options?: { id?: string }): Promise<void>;
  segments(): Promise<string[]>;
  slots(): Promise<Record<string, SlotDecision> | null | undefined>;
  deviceId(): Promise<string>;
  now(): number;
  explain(segmentId: string): Promise<Explanation | undefined>;
  identify(traits: object, options?: { token: string }): Promise<void>;
  sync(): Promise<void>;
  consent(consent: { analytics?: boolean; personalization?: boolean; marketing?: boolean }): void;
  forget(): void;
  reset(): Promise<void>;
  on(change: Transition["change"] | "change", listener: (transition: Transition) => void): () => void;
}

/** The tag's interface as it stands in a page. */
declare global {
  interface Window {
    murmur: PageMurmur;
  }
}

/** Waits until the tag has taken the queue's place. */
export async function tagReady(page: Page): Promise<void> {
  await page.waitForFunction(() => typeof window.murmur?.deviceId === "function");
}

export async function deviceId(page: Page): Promise<string> {
  await tagReady(page);
  return page.evaluate(() => window.murmur.deviceId());
}

export async function deviceSegments(page: Page): Promise<string[]> {
  await tagReady(page);
  return page.evaluate(() => window.murmur.segments());
}

/** Opens a page and stays until what it records is kept, as a shopper does who sees it at all. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await deviceSegments(page);
}

export async function syncNow(page: Page): Promise<void> {
  await tagReady(page);
  await page.evaluate(() => window.murmur.sync());
}

/** What the tag takes the time to be is off by, ms, whatever the machine takes to answer. */
export async function clockError(page: Page): Promise<number> {
  const asked = Date.now();
  const now = await page.evaluate(() => window.murmur.now());
  return Math.max(asked - now, now - Date.now(), 0);
}
