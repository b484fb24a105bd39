import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile, moveClock } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, deviceSegments, syncNow, visit } from "../kit/tag.ts";

const HOUR = 36e5;
const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];

const demo = useDemo();

function track(page: Page, name: string): Promise<void> {
  return page.evaluate((event) => window.murmur.track(event, { category: "running-shoes" }), name);
}

test("a tab that still has the customer's token does not bring the next visitor into her profile", async () => {
  const context = await demo.browser.newContext();
  const [{ page: one, faults }, { page: other, faults: otherFaults }] = await Promise.all([
    cleanPage(context),
    cleanPage(context),
  ]);
  await one.goto(`${demo.shop.url}/account`);
  await one.getByTestId("sign-in-cust-ada").click();
  await one.getByTestId("sign-out").waitFor();
  for (const shoe of SHOES) await visit(one, `${demo.shop.url}/products/${shoe}`);
  const hers = await deviceId(one);
  await visit(other, demo.shop.url);
  expect(await deviceSegments(other)).toContain("running-shoe-intent");

  await one.goto(`${demo.shop.url}/account`);
  await one.getByTestId("sign-out").click();
  await expect.poll(() => deviceId(one)).not.toBe(hers);
  const next = await deviceId(one);
  // What she has left behind is still on its way, in her name.
  await syncNow(one);
  const before = (await edgeProfile(demo.shop.edge.url, hers)).entries;
  // The other tab knows nothing of it yet.
  await track(other, "Wishlist Opened");
  await syncNow(other);
  expect(await deviceId(other)).toBe(next);
  expect(await deviceSegments(other)).toEqual([]);
  await syncNow(one);
  await visit(one, demo.shop.url);
  expect(await deviceSegments(one)).toEqual([]);
  expect((await edgeProfile(demo.shop.edge.url, next)).segments).toEqual([]);
  // Hidden with her events in memory: neither her snapshot nor an event of the next visitor's goes astray.
  await other.close();
  await visit(one, `${demo.shop.url}/account`);
  expect(await deviceSegments(one)).toEqual([]);
  expect((await edgeProfile(demo.shop.edge.url, hers)).entries).toBe(before);
  expect([...faults, ...otherFaults]).toEqual([]);
  await context.close();
});

test("a clock that is set right is set right once, in every tab", async () => {
  const context = await demo.browser.newContext();
  const [{ page: one, faults }, { page: other }] = await Promise.all([
    cleanPage(context),
    cleanPage(context),
  ]);
  await visit(one, `${demo.shop.url}/products/daybreak`);
  await visit(other, demo.shop.url);
  await track(one, "Product Added");
  await syncNow(one);
  const device = await deviceId(one);
  await moveClock(demo.shop.edge.url, device, 2 * HOUR);
  await syncNow(one);
  await track(other, "Something");
  await syncNow(other);
  await track(one, "Something");
  await syncNow(one);
  for (const page of [one, other]) {
    const ahead = await page.evaluate(() => window.murmur.now() - Date.now());
    expect(Math.abs(ahead - 2 * HOUR)).toBeLessThan(5_000);
    expect(await deviceSegments(page)).toEqual(["cart-abandoner"]);
  }
  expect((await edgeProfile(demo.shop.edge.url, device)).segments).toEqual(["cart-abandoner"]);
  expect(faults).toEqual([]);
  await context.close();
});

test("what one tab records and the other delivers is there once", async () => {
  const context = await demo.browser.newContext();
  const [{ page: one }, { page: other }] = await Promise.all([cleanPage(context), cleanPage(context)]);
  await visit(one, `${demo.shop.url}/account`);
  await visit(other, `${demo.shop.url}/account`);
  const device = await deviceId(one);
  await Promise.all(Array.from({ length: 60 }, (_none, at) => track(at % 2 ? one : other, "Product Viewed")));
  await Promise.all([syncNow(one), syncNow(other)]);
  // Sixty, and the two views of the account page.
  expect((await edgeProfile(demo.shop.edge.url, device)).entries).toBe(62);
  await context.close();
});
