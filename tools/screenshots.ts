// `npm run screenshots`: the pictures in docs/images, taken of the demo as it is.
import { chromium, type Page } from "playwright-core";
import { devTokenSecret } from "../examples/storefront/customer-token.ts";
import { startMailProvider } from "../examples/storefront/mail-provider.ts";
import { startStorefront } from "../examples/storefront/start-storefront.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "./chromium.mjs";
import { freePort, startEdge } from "./edge-process.ts";

const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
/** What stands behind a picture's name, and how large the screen is. */
const SIZES = { "": { width: 1280, height: 800 }, "-phone": { width: 390, height: 844 } };

const executablePath = await chromiumPath();
if (!executablePath) throw new Error("needs Chromium: set CHROMIUM_PATH");
const port = await freePort();
const mail = await startMailProvider();
const shop = await startStorefront({
  port: 0,
  edge: `http://localhost:${port}`,
  tokenSecret: devTokenSecret,
  timeMachine: true,
  mail,
  experiments: `http://localhost:${port}/experiments`,
});
const edge = await startEdge({
  port,
  persistTo: ".demo/screenshots",
  allowedOrigins: [shop.url],
  tokenSecret: devTokenSecret,
  vars: mail.settings,
});
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });

try {
  for (const [suffix, viewport] of Object.entries(SIZES)) {
    const page = await (await browser.newContext({ viewport })).newPage();
    await hero(page, `hero${suffix || "-desktop"}`);
    await debugPanel(page, `debug-panel${suffix}`);
    await timeMachine(page, `time-machine${suffix}`);
  }
} finally {
  await browser.close();
  await edge.kill();
  await shop.close();
  await mail.close();
}

/** The home page, to who has looked at four running shoes. */
async function hero(page: Page, name: string): Promise<void> {
  for (const shoe of SHOES) {
    await page.goto(`${shop.url}/products/${shoe}`);
    await page.waitForTimeout(300);
  }
  await page.goto(shop.url);
  await page.waitForSelector('[data-murmur-variant="running"]');
  await take(page, name);
}

/** The panel over it, with the reasons of one segment. */
async function debugPanel(page: Page, name: string): Promise<void> {
  await page.goto(`${shop.url}/?murmur-debug`);
  const panel = page.locator("murmur-debug");
  await panel.locator('[data-segment="running-shoe-intent"]').locator("summary").click();
  // What has just changed is tinted, and what waits is delivered in a moment.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(8_000);
  await take(page, name);
}

/** A cart that was left, two hours later. */
async function timeMachine(page: Page, name: string): Promise<void> {
  await page.goto(`${shop.url}/products/daybreak`);
  await page.getByTestId("add-to-cart").click();
  await page.getByTestId("time-machine-toggle").click();
  await page.getByTestId("advance-2h").click();
  await page.waitForSelector('[data-testid=edge-segments] [data-segment="cart-abandoner"]');
  // The word about the cart is gone by then.
  await page.waitForTimeout(8_000);
  await take(page, name);
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500);
  await page.screenshot({ path: `docs/images/${name}.png` });
}
