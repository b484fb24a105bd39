import { expect, test } from "vitest";
import { useDemo } from "../kit/demo.ts";
import { cleanPage } from "../kit/browser.ts";
import { shopperContext } from "../kit/shopper.ts";
import { deviceSegments, syncNow, visit } from "../kit/tag.ts";

const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
const FILLED = "Find the shoe that fits your stride";

const demo = useDemo();

test("the shop through the edge: hero and banner are in the page itself, and its forms work", async () => {
  const shop = demo.shop.edge.url;
  const context = await shopperContext(demo.browser);
  const { page, faults } = await cleanPage(context);
  for (const shoe of SHOES) await visit(page, `${shop}/products/${shoe}`);
  await syncNow(page);
  expect(await deviceSegments(page)).toContain("running-shoe-intent");
  const answer = await page.goto(shop);
  expect(await answer!.text()).toContain(`${FILLED}<template data-murmur-own>Made for hills`);
  expect(await page.getByTestId("hero").innerText()).toContain(FILLED);
  await page.goto(`${shop}/account`);
  await page.getByRole("button").first().click();
  // It leads to the same address.
  await expect.poll(() => page.locator("main").innerText()).toContain("Sign out");
  expect(faults).toEqual([]);
  await context.close();
});
