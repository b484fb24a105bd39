import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { customerPage } from "../kit/customer-page.ts";
import { ADMIN_TOKEN, edgeProfile, moveClock } from "../kit/demo-shop.ts";
import { keptIds } from "../kit/kept-rows.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, deviceSegments, syncNow } from "../kit/tag.ts";
import longMemory from "../kit/long-memory.config.ts";

const DAY = 864e5;
const soon = { timeout: 20_000 };

const own = useOwnPages("test/kit/long-memory.config.ts", () => ({ ADMIN_TOKEN }));

const happen = (page: Page, name: string, times: number) =>
  page.evaluate(
    async ([name, times]) => {
      for (let at = 0; at < times; at++) await window.murmur.track(name, {}, { id: `${name} ${at}` });
    },
    [name, times] as const,
  );

/** A customer of whom the edge has folded what is older than 400 days, in the browser that was there. */
async function oldCustomer(customer: string) {
  const phone = await customerPage(own, customer);
  await phone.page.evaluate(() => window.murmur.identify({ tier: "vip" }));
  await happen(phone.page, "Order Completed", 2);
  await happen(phone.page, "Product Viewed", 3);
  await syncNow(phone.page);
  for (const days of [200, 202]) await moveClock(own.edge.url, await deviceId(phone.page), days * DAY);
  await syncNow(phone.page);
  return phone;
}

test("what a device has kept for too long goes into a checkpoint, and its segments stay; a new device has them, too", async () => {
  const phone = await oldCustomer("eve");
  await expect.poll(() => keptIds(phone.page), soon).toEqual([]);
  const segments = ["explorer", "regular", "vip"];
  expect(await deviceSegments(phone.page)).toEqual(segments);
  expect((await edgeProfile(own.edge.url, await deviceId(phone.page))).segments).toEqual(["regular", "vip"]);
  const laptop = await customerPage(own, "eve");
  await expect.poll(() => deviceSegments(laptop.page), soon).toEqual(segments);
  expect(await keptIds(laptop.page)).toEqual([]);
  // What comes later counts on top, and the next page goes on from it.
  await phone.page.evaluate(() => window.murmur.identify({ tier: "plain" }));
  await phone.page.reload();
  expect(await deviceSegments(phone.page)).toEqual(["explorer", "regular"]);
  await syncNow(phone.page);
  await syncNow(laptop.page);
  await expect.poll(() => deviceSegments(laptop.page), soon).toEqual(["explorer", "regular"]);
  for (const { context, faults } of [phone, laptop]) {
    expect(faults).toEqual([]);
    await context.close();
  }
});

test("a definition comes with its checkpoint: nobody leaves a segment on the way", async () => {
  const { page, faults, context } = await oldCustomer("ada");
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    for (const change of ["entered", "exited"] as const)
      window.murmur.on(change, ({ segment }) => told.push(`${segment} ${change}`));
  });
  const segments = { ...longMemory.segments, visitor: { count: "Page Viewed", gte: 1 } };
  const push = (definition: unknown) =>
    fetch(`${own.edge.url}/v1/admin/definition`, {
      method: "PUT",
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify({ definition }),
    });
  expect((await push({ segments })).status).toBe(200);
  await expect
    .poll(async () => {
      await syncNow(page);
      return page.evaluate(() => (window as unknown as { told: string[] }).told);
    }, soon)
    // New, and so it begins with what the log still holds: nothing.
    .toEqual([]);
  await happen(page, "Product Viewed", 4);
  await page.evaluate(() => window.murmur.track("Page Viewed"));
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { told: string[] }).told), soon)
    .toEqual(["visitor entered"]);
  expect(await deviceSegments(page)).toEqual(["explorer", "regular", "vip", "visitor"]);
  expect((await push({ segments: longMemory.segments })).status).toBe(200);
  expect(faults).toEqual([]);
  await context.close();
});
