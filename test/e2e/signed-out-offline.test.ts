import type { BrowserContext, Route } from "playwright-core";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, deviceSegments, syncNow } from "../kit/tag.ts";

const demo = useDemo();

test("what was recorded offline before a sign-out arrives later, in the first customer's profile alone", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/account`);
  await page.getByTestId("sign-in-cust-ada").click();
  await page.getByTestId("sign-out").waitFor();
  await deviceSegments(page);
  await syncNow(page);
  const hers = await deviceId(page);
  await context.route(`${demo.shop.edge.url}/v1/**`, (route) => route.abort());
  await page.evaluate(() => window.murmur.track("Order Completed", { total: 99 }));
  await page.evaluate(() => window.murmur.reset());
  const next = await deviceId(page);
  expect(next).not.toBe(hers);
  expect(await deviceSegments(page)).toEqual([]);
  await context.unroute(`${demo.shop.edge.url}/v1/**`);
  await page.evaluate(() => window.murmur.track("Page Viewed"));
  await syncNow(page);
  expect((await edgeProfile(demo.shop.edge.url, hers)).segments).toContain("first-time-buyer");
  expect((await edgeProfile(demo.shop.edge.url, next)).segments).toEqual([]);
  expect(await deviceSegments(page)).toEqual([]);
  expect(faults.filter((fault) => !/ERR_FAILED|not_delivered/.test(fault))).toEqual([]);
  await context.close();
});

test("who signs out with a link that leads away has left, however slow the edge is, and what was theirs still arrives", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/account`);
  await page.getByTestId("sign-in-cust-grace").click();
  await page.getByTestId("sign-out").waitFor();
  await syncNow(page);
  const theirs = await deviceId(page);
  const held = await heldSyncs(context);
  // A page that is there within a few ms, as on this machine alone, may be sooner than the disk.
  await context.route(/signed-out/, async (route) => {
    await sleep(1_000);
    await route.continue();
  });
  // The shop has forgotten them already.
  await context.clearCookies({ name: /^(?!murmur)/ });
  await page.evaluate(async (away) => {
    await window.murmur.track("Order Completed", { total: 99 });
    void window.murmur.reset();
    location.href = away;
  }, `${demo.shop.url}/?signed-out`);
  await page.waitForURL(/signed-out/);
  const next = await deviceId(page);
  expect(next).not.toBe(theirs);
  expect(await deviceSegments(page)).toEqual([]);
  await held.release();
  await syncNow(page);
  expect((await edgeProfile(demo.shop.edge.url, theirs)).segments).toContain("first-time-buyer");
  expect((await edgeProfile(demo.shop.edge.url, next)).segments).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

/** Calls to the edge that nobody answers until they are let go. */
async function heldSyncs(context: BrowserContext): Promise<{ release(): Promise<void> }> {
  const url = `${demo.shop.edge.url}/v1/sync`;
  const waiting: Route[] = [];
  await context.route(url, (route) => void waiting.push(route));
  return {
    async release() {
      await context.unroute(url);
      // The calls of a page that is gone are gone with it.
      await Promise.allSettled(waiting.map((route) => route.continue()));
    },
  };
}
