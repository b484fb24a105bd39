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
  await page.evaluate(() => (window.murmur as unknown as { reset(): Promise<void> }).reset());
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
