import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceSegments, tagReady, visit } from "../kit/tag.ts";

const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
const SLOW = { timeout: 20_000 };

const demo = useDemo();

test("it promises no change that does not come, and a segment is left at its own millisecond, on both sides", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/products/${SHOES[0]}`);
  await page.getByTestId("time-machine-toggle").click();
  const next = page.locator('[data-tm="device-next"], [data-tm="edge-next"]');
  // In half an hour the visit is no longer one of the last half hour: nobody is in a segment for that, or leaves one.
  await expect
    .poll(() => next.allTextContents(), SLOW)
    .toEqual(Array(2).fill(expect.stringMatching(/^No change for /)));
  await page.getByTestId("add-to-cart").click();
  await page.getByTestId("advance-2h").click();
  await expect.poll(() => deviceSegments(page), SLOW).toContain("cart-abandoner");
  const until = (await page.evaluate(() => window.murmur.explain("cart-abandoner")))?.until;
  await page.getByTestId("advance-7d").click();
  const left = page
    .getByTestId("transitions")
    .locator('[data-segment="cart-abandoner"][data-change="exited"]');
  await expect.poll(() => left.count(), SLOW).toBe(2);
  expect(await left.evaluateAll((rows) => rows.map((row) => Number(row.dataset["at"])))).toEqual([
    until,
    until,
  ]);
  expect(await left.first().locator("time").textContent()).toMatch(/^\d+ \w+, \d\d:\d\d:\d\d\.\d{3}$/);
  expect(faults).toEqual([]);
  await context.close();
});

test("it hears of what a page sets off, however late its own files come", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  for (const shoe of SHOES.slice(0, 3)) await visit(page, `${demo.shop.url}/products/${shoe}`);
  await page.route("**/assets/time-machine-model.js", async (route) => {
    await tagReady(page);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await page.goto(`${demo.shop.url}/products/${SHOES[3]}`);
  await page.getByTestId("time-machine-toggle").click();
  const entered = page
    .getByTestId("transitions")
    .locator('[data-segment="running-shoe-intent"][data-where="device"]');
  await entered.waitFor(SLOW);
  expect(faults).toEqual([]);
  await context.close();
});

test("a jump that is asked for before the tag is there is made when it has come", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  let come = (): void => {};
  const late = new Promise<void>((resolve) => (come = resolve));
  await page.route("**/murmur.js", async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(`${demo.shop.url}/products/${SHOES[0]}`, { waitUntil: "commit" });
  await page.getByTestId("time-machine-toggle").click();
  await page.getByTestId("advance-2h").click();
  const status = page.getByTestId("time-machine-status");
  expect(await status.textContent()).toBe("moving");
  come();
  await expect.poll(() => status.textContent(), SLOW).toBe("");
  expect(await page.evaluate(() => window.murmur.now() - Date.now())).toBeGreaterThan(1.9 * 36e5);
  expect(faults).toEqual([]);
  await context.close();
});
