import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchChromium } from "./browser.ts";
import { startDemoShop, type DemoShop } from "./demo-shop.ts";

/** The example shop with its worker, and a browser: there before the first test of a file, gone after the last. */
export interface Demo {
  shop: DemoShop;
  browser: Browser;
}

export function useDemo(): Demo {
  const demo = {} as Demo;
  beforeAll(async () => {
    [demo.shop, demo.browser] = await Promise.all([startDemoShop(), launchChromium()]);
  });
  afterAll(async () => {
    await demo.browser?.close();
    await demo.shop?.close();
  });
  return demo;
}
