import { expect, test } from "vitest";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, deviceSegments, syncNow } from "../kit/tag.ts";

const demo = useDemo();

test.each([
  ["throws when it is opened", "throws"],
  ["fails to open", "fails"],
  ["is not there at all", "missing"],
])("a browser whose IndexedDB %s: the page goes on in memory and is told once", async (_what, how) => {
  const context = await demo.browser.newContext();
  await context.addInitScript((kind) => {
    if (kind === "missing") delete (window as { indexedDB?: IDBFactory }).indexedDB;
    if (kind === "missing") Object.defineProperty(window, "indexedDB", { value: undefined });
    if (kind === "throws")
      IDBFactory.prototype.open = () => {
        throw new DOMException("denied", "SecurityError");
      };
    if (kind === "fails") {
      const open = IDBFactory.prototype.open;
      // A version that is lower than the one there is an error of the request, not of the call.
      IDBFactory.prototype.open = function (name: string) {
        open.call(this, `${name}-x`, 2);
        return open.call(this, `${name}-x`, 1);
      };
    }
  }, how);
  const page = await context.newPage();
  const faults: string[] = [];
  const warnings: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => warnings.push(message.text()));
  await page.goto(`${demo.shop.url}/products/daybreak`);
  const device = await deviceId(page);
  for (let at = 0; at < 3; at++)
    await page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
  await expect
    .poll(() => page.getByTestId("hero").textContent())
    .toContain("Find the shoe that fits your stride");
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await syncNow(page);
  expect((await edgeProfile(demo.shop.edge.url, device)).segments).toEqual(["running-shoe-intent"]);
  // The words for it are a file of their own.
  await expect.poll(() => warnings.filter((warning) => warning.includes("murmur:"))).toHaveLength(1);
  expect(warnings.join()).toContain("storage_refused");
  expect(faults).toEqual([]);
  await context.close();
});
