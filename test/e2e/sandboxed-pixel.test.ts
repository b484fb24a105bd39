import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useOwnPages } from "../kit/own-pages.ts";

const own = useOwnPages(undefined, (url) => ({ ALLOWED_ORIGINS: `${url},null` }));

test("in a sandbox without storage, cookies and locks, the tag is a device of its own whose events arrive", async () => {
  own.page("/pixel", {
    html: `<script async src="${own.edge.url}/murmur.js" data-consent="opt-out" data-capture="false"></script>`,
  });
  const url = own.page("/shop", { html: '<iframe sandbox="allow-scripts" src="/pixel"></iframe>' });
  const { page, faults } = await cleanPage(await own.browser.newContext());
  await page.goto(url);
  const pixel = page.frames()[1]!;
  await pixel.waitForFunction(() => typeof window.murmur?.deviceId === "function");
  const device = await pixel.evaluate(async () => {
    for (let at = 0; at < 4; at++) await window.murmur.track("Product Viewed", { category: "running-shoes" });
    return window.murmur.deviceId();
  });
  await expect
    .poll(async () => (await edgeProfile(own.edge.url, device)).entries, { timeout: 20_000 })
    .toBe(4);
  expect(await pixel.evaluate(() => window.murmur.segments())).toEqual(["running-shoe-intent"]);
  expect(faults.filter((fault) => !fault.includes("storage_refused"))).toEqual([]);
});
