import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const EVENTS = 400;

const demo = useDemo();

/** Every event that the edge holds for a device that has lost its own log: ids, as often as they come. */
async function idsAtEdge(device: string): Promise<string[]> {
  const ids: string[] = [];
  for (let log = "", cursor = 0, more = true; more;) {
    const body = JSON.stringify({ device, sentAt: Date.now(), cursor, log });
    // Asked as another device of the log would, so that nothing is left out as its own.
    const answer = (await (
      await fetch(`${demo.shop.edge.url}/v1/sync`, { method: "POST", body })
    ).json()) as {
      entries: { id: string; name: string }[];
      log: string;
      cursor: number;
      more: boolean;
    };
    ids.push(...answer.entries.filter(({ name }) => name === "Product Viewed").map(({ id }) => id));
    ({ log, cursor, more } = answer);
  }
  return ids;
}

test("the worker is killed in mid-delivery and started again: every event is there once", async () => {
  const context = await demo.browser.newContext();
  const { page } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/account`);
  await tagReady(page);
  const device = await deviceId(page);
  await syncNow(page);
  const tracking = page.evaluate(async (count) => {
    for (let at = 0; at < count; at++) {
      await window.murmur.track("Product Viewed", { category: "running-shoes", at });
      if (at % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }, EVENTS);
  for (let kills = 0; kills < 2; kills++) {
    await sleep(500);
    await demo.shop.edge.kill();
    await sleep(300);
    await demo.shop.restartEdge();
  }
  // Each track() resolved with its event on disk, whatever the edge was doing.
  await tracking;
  await expect
    .poll(
      async () => {
        await syncNow(page);
        return (await edgeProfile(demo.shop.edge.url, device)).entries;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(EVENTS);
  const ids = await idsAtEdge(device);
  expect(ids.length).toBe(EVENTS);
  expect(new Set(ids).size).toBe(EVENTS);
  expect((await edgeProfile(demo.shop.edge.url, device)).segments).toEqual(await deviceSegments(page));
  await context.close();
});

test("events recorded while the edge is away leave with the next page, though the tab was closed", async () => {
  const context = await demo.browser.newContext();
  const { page } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/account`);
  const device = await deviceId(page);
  await syncNow(page);
  await demo.shop.edge.kill();
  for (let at = 0; at < 4; at++)
    await page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
  await page.close();
  await demo.shop.restartEdge();
  const { page: next } = await cleanPage(context);
  await next.goto(demo.shop.url);
  await expect
    .poll(async () => (await edgeProfile(demo.shop.edge.url, device)).segments, { timeout: 20_000 })
    .toContain("running-shoe-intent");
  await context.close();
});
