import { expect, test } from "vitest";
import { useDemo } from "../kit/demo.ts";

const demo = useDemo();

test("?murmur-debug opens the panel over the running tag: segments, events and consent as they are", async () => {
  const context = await demo.browser.newContext();
  const page = await context.newPage();
  const faults: unknown[] = [];
  page.on("pageerror", (fault) => faults.push(fault));
  await page.goto(`${demo.shop.url}/?murmur-debug`);
  const panel = page.locator("murmur-debug");
  await panel.waitFor({ state: "attached" });
  await expect.poll(() => panel.locator("[data-segment]").count()).toBeGreaterThan(0);
  await panel.locator("#tab-events").click();
  await expect.poll(() => panel.locator(".event").first().textContent()).toContain("Page Viewed");
  await page.keyboard.press("Escape");
  await expect.poll(() => panel.count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
});
