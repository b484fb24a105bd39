// `npm run screenshots`: the pictures in docs/images, taken of the demo as it is.
import { chromium } from "playwright-core";
import { devTokenSecret } from "../examples/storefront/customer-token.ts";
import { startStorefront } from "../examples/storefront/start-storefront.ts";
import { CHROMIUM_FLAGS, chromiumPath } from "./chromium.mjs";
import { freePort, startEdge } from "./edge-process.ts";

const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
const SIZES = { desktop: { width: 1280, height: 720 }, phone: { width: 390, height: 844 } };

const executablePath = await chromiumPath();
if (!executablePath) throw new Error("needs Chromium: set CHROMIUM_PATH");
const port = await freePort();
const shop = await startStorefront({
  port: 0,
  edge: `http://localhost:${port}`,
  tokenSecret: devTokenSecret,
  timeMachine: true,
});
const edge = await startEdge({
  port,
  persistTo: ".demo/screenshots",
  allowedOrigins: [shop.url],
  tokenSecret: devTokenSecret,
});
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });

for (const [name, viewport] of Object.entries(SIZES)) {
  const page = await (await browser.newContext({ viewport })).newPage();
  for (const shoe of SHOES) {
    await page.goto(`${shop.url}/products/${shoe}`);
    await page.waitForTimeout(300);
  }
  await page.goto(shop.url);
  await page.waitForSelector('[data-murmur-variant="running"]');
  await page.waitForTimeout(500);
  await page.screenshot({ path: `docs/images/hero-${name}.png` });
  if (name !== "desktop") continue;
  await page.goto(`${shop.url}/products/daybreak`);
  await page.getByTestId("add-to-cart").click();
  await page.getByTestId("time-machine-toggle").click();
  await page.getByTestId("advance-2h").click();
  await page.waitForSelector('[data-testid=edge-segments] [data-segment="cart-abandoner"]');
  await page.waitForTimeout(3_000);
  await page.screenshot({ path: "docs/images/time-machine.png" });
}

await browser.close();
await edge.kill();
await shop.close();
