import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { cleanPage } from "../kit/browser.ts";
import { useDemo } from "../kit/demo.ts";

const demo = useDemo();

async function addToCart(page: Page, product: string): Promise<void> {
  await page.goto(`${demo.shop.url}/products/${product}`);
  const count = page.getByTestId("cart-count");
  const before = Number(await count.textContent());
  await page.getByTestId("add-to-cart").click();
  await expect.poll(() => count.textContent()).toBe(String(before + 1));
}

test("a cart that another tab changes is shown as it would be ordered", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  const { page: other, faults: otherFaults } = await cleanPage(context);
  await addToCart(page, "squall-shell");
  await page.goto(`${demo.shop.url}/checkout`);
  const total = page.locator("[data-cart-total]");
  await expect.poll(() => total.textContent()).toBe("€229");

  await addToCart(other, "lumen-400");
  await expect.poll(() => total.textContent(), { timeout: 20_000 }).toBe("€308");
  await other.goto(`${demo.shop.url}/cart`);
  await page.getByTestId("place-order").click();
  await page.waitForURL(/\/order\//);
  expect(await page.locator(".total dd").textContent()).toBe("€308");
  await expect.poll(() => other.locator("[data-cart-empty]").isVisible(), { timeout: 20_000 }).toBe(true);
  expect([...faults, ...otherFaults]).toEqual([]);
  await context.close();
});

test("who empties a cart by the keyboard keeps their place in it", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  for (const product of ["squall-shell", "lumen-400", "daybreak"]) await addToCart(page, product);
  await page.goto(`${demo.shop.url}/cart`);
  const focused = (): Promise<string | undefined> =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.innerHTML,
    );
  await page.getByRole("button", { name: "Remove Lumen 400" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Remove Daybreak");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Remove Squall Shell");
  await page.keyboard.press("Enter");
  await expect.poll(focused).toBe("Find a pair of shoes");
  expect(faults).toEqual([]);
  await context.close();
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
  // 1280 pixels at 200 %.
  { width: 640, height: 400 },
])
  test(`the cart comes without a jump, and everything can be hit, ${viewport.width} px wide`, async () => {
    const context = await demo.browser.newContext({ viewport });
    const { page, faults } = await cleanPage(context);
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const { sources } of list.getEntries() as unknown as { sources: { node: Element | null }[] }[])
          for (const { node } of sources) shifts.push(node?.className ?? "gone");
      }).observe({ type: "layout-shift", buffered: true });
    });
    await addToCart(page, "squall-shell");
    await page.goto(`${demo.shop.url}/cart`);
    await page.getByTestId("remove-from-cart").waitFor();
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).not.toContain(
      "footer",
    );

    const small = (): Promise<string[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>("a, button, select, input:not([type=hidden])")]
          .filter((element) => {
            const { width, height } = element.getBoundingClientRect();
            // WCAG 2.2, 2.5.8.
            return width > 0 && height > 0 && (width < 24 || height < 24);
          })
          .map((element) => element.textContent || element.outerHTML),
      );
    await page.getByTestId("time-machine-toggle").click();
    expect(await small()).toEqual([]);
    await page.goto(`${demo.shop.url}/products/squall-shell`);
    expect(await small()).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  });
