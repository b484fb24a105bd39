import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { customerPage } from "../kit/customer-page.ts";
import { customerToken } from "../kit/customer-token.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const soon = { timeout: 20_000 };
const own = useOwnPages();

/** The segments that the edge has a device in. */
const segmentsOf = async (device: string) => (await edgeProfile(own.edge.url, device)).segments;

/** A customer who is in a segment by what another device has told, with two pages open. */
async function twoPages(customer: string) {
  const { page: first, context: elsewhere } = await customerPage(own, customer);
  for (let at = 0; at < 4; at++)
    await first.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
  await syncNow(first);
  await elsewhere.close();
  const { page: one, context, faults } = await customerPage(own, customer);
  const { page: other } = await cleanPage(context);
  await other.goto(one.url());
  await syncNow(other);
  expect(await deviceSegments(other)).toEqual(["running-shoe-intent"]);
  return { one, other, context, faults };
}

test("a no to marketing on one page is not taken back by another one that was open before", async () => {
  const { one, other, context, faults } = await twoPages("ulla");
  const device = await deviceId(one);
  await one.evaluate(() => window.murmur.consent({ marketing: false }));
  await syncNow(one);
  await expect.poll(() => segmentsOf(device), soon).toEqual([]);
  await other.evaluate(() => window.murmur.track("Wishlist Opened"));
  await syncNow(other);
  expect(await segmentsOf(device)).toEqual([]);
  // Neither is the yes that follows.
  await one.evaluate(() => window.murmur.consent({ marketing: true }));
  await syncNow(one);
  await expect.poll(() => segmentsOf(device), soon).toEqual(["running-shoe-intent"]);
  await other.evaluate(() => window.murmur.track("Wishlist Opened"));
  await syncNow(other);
  expect(await segmentsOf(device)).toEqual(["running-shoe-intent"]);
  expect(faults).toEqual([]);
  await context.close();
});

test("a no to personalization on one page is one on every page of the device", async () => {
  const { one, other, context, faults } = await twoPages("vera");
  await one.evaluate(() => window.murmur.consent({ personalization: false }));
  await expect.poll(() => deviceSegments(other), soon).toEqual([]);
  await syncNow(other);
  expect(await segmentsOf(await deviceId(one))).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test("a page whose customer has signed out on another one does not bring her back when it is told of consent anew", async () => {
  const { one, other, context, faults } = await twoPages("wilma");
  await one.evaluate(() => window.murmur.reset());
  const next = await deviceId(one);
  await expect.poll(() => deviceId(other), soon).toBe(next);
  await other.evaluate(() => window.murmur.consent({ personalization: true }));
  await other.evaluate(() => window.murmur.consent({ personalization: false }));
  await other.evaluate(() => window.murmur.consent({ personalization: true }));
  await syncNow(other);
  await syncNow(one);
  expect(await deviceId(one)).toBe(next);
  expect(await deviceSegments(one)).toEqual([]);
  expect(await segmentsOf(next)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test("nor does it take the device from who has signed in there since", async () => {
  const { one, other, context, faults } = await twoPages("xenia");
  await one.evaluate((token) => window.murmur.identify({}, { token }), await customerToken("yves"));
  const his = await deviceId(one);
  await expect.poll(() => deviceId(other), soon).toBe(his);
  await other.evaluate(() => window.murmur.consent({ personalization: false }));
  await other.evaluate(() => window.murmur.consent({ personalization: true }));
  await syncNow(other);
  await tagReady(one);
  expect(await deviceId(one)).toBe(his);
  await syncNow(one);
  expect(await segmentsOf(his)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
