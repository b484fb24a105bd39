import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { clockError, deviceId, deviceSegments, syncNow, visit } from "../kit/tag.ts";

const HOUR = 36e5;

const demo = useDemo();

test.each([5, -30])(
  "a device whose clock is %d hours off runs on the edge's time, to the millisecond",
  async (hours) => {
    const context = await demo.browser.newContext();
    await context.addInitScript((skew) => {
      const now = Date.now;
      Date.now = () => now() + skew;
    }, hours * HOUR);
    const { page, faults } = await cleanPage(context);
    await page.goto(`${demo.shop.url}/products/daybreak`);
    await page.getByTestId("add-to-cart").click();
    await syncNow(page);
    const device = await deviceId(page);
    expect(await clockError(page)).toBeLessThan(2_000);
    const { nextChange } = await edgeProfile(demo.shop.edge.url, device);
    expect(nextChange).toBeGreaterThan(Date.now());
    // What the device works out from its own copies is what the edge has worked out from its.
    const due = await page.evaluate(async () => (await window.murmur.explain("cart-abandoner"))?.until);
    expect(Math.abs((due as number) - Date.now() - 2 * HOUR)).toBeLessThan(20_000);
    // Recorded after the clock was set right: nothing moves any more.
    for (let at = 0; at < 3; at++)
      await page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
    await syncNow(page);
    const atEdge = await edgeProfile(demo.shop.edge.url, device);
    expect(atEdge.segments).toEqual(["running-shoe-intent"]);
    expect(await deviceSegments(page)).toEqual(atEdge.segments);
    await visit(page, demo.shop.url);
    expect(await clockError(page)).toBeLessThan(2_000);
    expect(await deviceSegments(page)).toContain("running-shoe-intent");
    expect(faults).toEqual([]);
    await context.close();
  },
);

test("what the edge has asked to wait for while the clock was years ahead holds nothing back once it is right", async () => {
  const context = await demo.browser.newContext();
  await context.addInitScript(
    (skew) => {
      const now = Date.now;
      Date.now = () => now() + (localStorage.getItem("ahead") === null ? skew : 0);
    },
    10 * 365 * 24 * HOUR,
  );
  const sync = `${demo.shop.edge.url}/v1/sync`;
  await context.route(sync, (route) =>
    route.fulfill({
      status: 429,
      headers: {
        "retry-after": "60",
        "access-control-allow-origin": demo.shop.url,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "retry-after",
      },
    }),
  );
  const { page } = await cleanPage(context);
  const asked = page.waitForResponse(sync);
  await visit(page, demo.shop.url);
  await asked;
  const device = await deviceId(page);
  await page.evaluate(() => localStorage.setItem("ahead", ""));
  await context.unroute(sync);
  await visit(page, demo.shop.url);
  for (let at = 0; at < 4; at++)
    await page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
  const segments = async () => (await edgeProfile(demo.shop.edge.url, device)).segments;
  await expect.poll(segments, { timeout: 20_000 }).toEqual(["running-shoe-intent"]);
  await context.close();
});
