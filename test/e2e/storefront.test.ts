import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile, moveClock } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, deviceSegments, syncNow, visit } from "../kit/tag.ts";

const HOUR = 36e5;
const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
const OWN_TITLE = "Made for hills that keep going";
const RUNNING_TITLE = "Find the shoe that fits your stride";

const demo = useDemo();

test("the hero changes on the device the moment the fourth running shoe is seen, the edge out of reach", async () => {
  const context = await demo.browser.newContext();
  const { page } = await cleanPage(context);
  for (const shoe of SHOES.slice(0, 3)) {
    await page.goto(`${demo.shop.url}/products/${shoe}`);
    await syncNow(page);
  }
  const hero = page.getByTestId("hero");
  expect(await hero.textContent()).toContain(OWN_TITLE);
  // The tag's file is in the cache; every call to the edge fails from here on.
  await context.route(`${demo.shop.edge.url}/v1/**`, (route) => route.abort());
  await page.goto(`${demo.shop.url}/products/${SHOES[3]}`);
  await expect.poll(() => hero.textContent()).toContain(RUNNING_TITLE);
  expect(await deviceSegments(page)).toContain("running-shoe-intent");
  await context.close();
});

test("a shopper's whole way: browse, leave a cart, come back elsewhere, order", async () => {
  const phone = await demo.browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page, faults } = await cleanPage(phone);
  const signIn = async (on: typeof page): Promise<void> => {
    await on.goto(`${demo.shop.url}/account`);
    await on.getByTestId("sign-in-cust-ada").click();
    await on.getByTestId("sign-out").waitFor();
  };
  await signIn(page);
  for (const shoe of SHOES) await visit(page, `${demo.shop.url}/products/${shoe}`);
  await expect.poll(() => page.getByTestId("hero").textContent()).toContain(RUNNING_TITLE);
  await page.getByTestId("add-to-cart").click();
  await expect.poll(() => page.getByTestId("cart-count").textContent()).toContain("1");
  const device = await deviceId(page);
  const due = (await page.evaluate(() => window.murmur.explain("cart-abandoner")))?.until as number;
  await syncNow(page);
  await page.close();

  // Nobody is there. Half a second before the cart has lain for two hours, the rest is the alarm's.
  const atEdge = (): ReturnType<typeof edgeProfile> => edgeProfile(demo.shop.edge.url, device);
  await moveClock(demo.shop.edge.url, device, due - (await atEdge()).now - 500);
  const early = await atEdge();
  if (early.now < due) expect(early.segments).not.toContain("cart-abandoner");
  await expect.poll(async () => (await atEdge()).segments, { timeout: 30_000 }).toContain("cart-abandoner");
  const { transitions } = await atEdge();
  expect(transitions.filter(({ segment }) => segment === "cart-abandoner")).toEqual([
    { segment: "cart-abandoner", change: "entered", at: due },
  ]);

  // The same customer on another browser, which has never been here.
  const laptop = await demo.browser.newContext();
  const { page: second, faults: secondFaults } = await cleanPage(laptop);
  await signIn(second);
  await second.goto(demo.shop.url);
  await expect.poll(() => second.getByTestId("hero").textContent()).toContain(RUNNING_TITLE);
  await expect.poll(() => second.getByTestId("banner").textContent()).toContain("Your cart is waiting");
  expect(await deviceId(second)).not.toBe(device);

  // She orders there: it is over in both, and at the edge.
  await second.goto(`${demo.shop.url}/products/${SHOES[0]}`);
  await second.getByTestId("add-to-cart").click();
  await second.goto(`${demo.shop.url}/checkout`);
  await second.getByTestId("place-order").click();
  await second.waitForURL(/\/order\//);
  await expect.poll(() => deviceSegments(second)).toContain("first-time-buyer");
  expect(await deviceSegments(second)).not.toContain("cart-abandoner");
  await expect.poll(() => second.getByTestId("banner").textContent()).not.toContain("Your cart is waiting");
  await syncNow(second);
  expect((await atEdge()).segments).toEqual(
    expect.arrayContaining(["first-time-buyer", "running-shoe-intent"]),
  );
  expect((await atEdge()).segments).not.toContain("cart-abandoner");
  const { page: back, faults: backFaults } = await cleanPage(phone);
  await back.goto(demo.shop.url);
  await expect.poll(() => deviceSegments(back)).toContain("first-time-buyer");
  expect(await deviceSegments(back)).toEqual(await deviceSegments(second));
  expect(await back.getByTestId("banner").textContent()).not.toContain("Your cart is waiting");

  expect([...faults, ...secondFaults, ...backFaults]).toEqual([]);
  await Promise.all([phone.close(), laptop.close()]);
});

test("the time machine moves the profile's clock on the device and at the edge, and lists each transition", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/products/${SHOES[0]}`);
  await page.getByTestId("add-to-cart").click();
  await page.getByTestId("time-machine-toggle").click();
  const chip = (where: string): ReturnType<typeof page.locator> =>
    page.locator(`[data-testid=${where}-segments] [data-segment="cart-abandoner"]`);
  const before = await page.evaluate(() => window.murmur.now());
  await page.getByTestId("advance-2h").click();
  await chip("device").waitFor();
  await chip("edge").waitFor();
  await expect.poll(() => page.getByTestId("banner").textContent()).toContain("Your cart is waiting");
  const rows = page
    .getByTestId("transitions")
    .locator('[data-segment="cart-abandoner"][data-change="entered"]');
  await expect.poll(() => rows.count()).toBe(2);
  const instants = await rows.evaluateAll((all) =>
    all.map((row) => [row.dataset["where"], Number(row.dataset["at"])]),
  );
  const atEdge = instants.find(([where]) => where === "edge")?.[1] as number;
  expect(Math.abs(atEdge - before - 2 * HOUR)).toBeLessThan(60_000);
  await page.getByTestId("advance-7d").click();
  await chip("device").waitFor({ state: "detached" });
  await chip("edge").waitFor({ state: "detached" });
  expect(faults).toEqual([]);
  await context.close();
});

test("who leaves the page after a sign-out before the tag is there has signed out on the next", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/account`);
  await page.getByTestId("sign-in-cust-grace").click();
  await page.getByTestId("sign-out").waitFor();
  const hers = await deviceId(page);
  await context.route("**/murmur.js", (route) => route.abort());
  await page.getByTestId("sign-out").click();
  await page.getByTestId("sign-in-cust-grace").waitFor();
  await context.unroute("**/murmur.js");
  await page.goto(demo.shop.url);
  await expect.poll(() => deviceId(page)).not.toBe(hers);
  const left = () => page.evaluate(() => document.cookie.includes("tarnfell_left"));
  await expect.poll(left).toBe(false);
  const next = await deviceId(page);
  await page.goto(demo.shop.url);
  expect(await deviceId(page)).toBe(next);
  expect(faults.filter((fault) => !fault.includes("ERR_FAILED"))).toEqual([]);
  await context.close();
});

test("one browser, two people: nothing of the first one's shows to the second", async () => {
  const context = await demo.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(`${demo.shop.url}/account`);
  await page.getByTestId("sign-in-cust-grace").click();
  await page.getByTestId("sign-out").waitFor();
  for (const shoe of SHOES) await visit(page, `${demo.shop.url}/products/${shoe}`);
  await expect.poll(() => deviceSegments(page)).toContain("running-shoe-intent");
  const first = await deviceId(page);
  await page.goto(`${demo.shop.url}/account`);
  await page.getByTestId("sign-out").click();
  await page.waitForURL(/\/account/);
  await expect.poll(() => deviceId(page)).not.toBe(first);
  await page.goto(demo.shop.url);
  expect(await deviceSegments(page)).toEqual([]);
  await expect.poll(() => page.getByTestId("hero").textContent()).toContain(OWN_TITLE);
  const second = await deviceId(page);
  await syncNow(page);
  expect((await edgeProfile(demo.shop.edge.url, second)).segments).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
