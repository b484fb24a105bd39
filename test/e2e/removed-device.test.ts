import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { customerPage } from "../kit/customer-page.ts";
import { customerToken } from "../kit/customer-token.ts";
import { keptIds } from "../kit/kept-rows.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, deviceSegments, syncNow } from "../kit/tag.ts";

const soon = { timeout: 20_000 };
const own = useOwnPages();

const view = (page: Page, ids: readonly string[]) =>
  page.evaluate(async (ids) => {
    for (const id of ids) await window.murmur.track("Product Viewed", { category: "running-shoes" }, { id });
  }, ids);

test("what a device that was removed has brought is on no other device any more, and theirs is not on it", async () => {
  const identity = await customerToken("gil");
  const [phone, laptop] = [await customerPage(own, "gil"), await customerPage(own, "gil")];
  await view(phone.page, ["p1", "p2", "p3", "p4"]);
  await syncNow(phone.page);
  await view(laptop.page, ["l1"]);
  await syncNow(laptop.page);
  await syncNow(phone.page);
  const both = ["l1", "p1", "p2", "p3", "p4"];
  for (const { page } of [phone, laptop]) {
    await expect.poll(async () => (await keptIds(page)).sort(), soon).toEqual(both);
    expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  }
  const removed = await fetch(`${own.edge.url}/v1/profile/devices/${await deviceId(phone.page)}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${identity}` },
  });
  expect(removed.status).toBe(204);
  await syncNow(laptop.page);
  await expect.poll(() => keptIds(laptop.page), soon).toEqual(["l1"]);
  expect(await deviceSegments(laptop.page)).toEqual([]);
  await syncNow(phone.page);
  await expect.poll(async () => (await keptIds(phone.page)).sort(), soon).toEqual(["p1", "p2", "p3", "p4"]);
  expect(await deviceSegments(phone.page)).toEqual(["running-shoe-intent"]);
  for (const { context, faults } of [phone, laptop]) {
    expect(faults).toEqual([]);
    await context.close();
  }
});
