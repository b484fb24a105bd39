import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startEdgeEndpoint } from "../../examples/edge-endpoint/start-edge-endpoint.ts";
import { freePort, type EdgeProcess } from "../../tools/edge-process.ts";
import { cleanPage, launchChromium } from "../kit/browser.ts";
import { TOKEN_SECRET } from "../kit/customer-token.ts";
import { startPlainEdge } from "../kit/plain-edge.ts";

const SHOES = ["fellrunner-2", "daybreak", "lowland-long", "meridian-tempo"];
const KEY = "a-secret-write-key-of-the-tests";

let folder: string;
let edge: EdgeProcess;
let shop: Awaited<ReturnType<typeof startEdgeEndpoint>>;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  [edge, browser] = await Promise.all([
    startPlainEdge({
      port: await freePort(),
      persistTo: folder,
      allowedOrigins: [],
      tokenSecret: TOKEN_SECRET,
      vars: { SECRET_WRITE_KEY: KEY },
    }),
    launchChromium(),
  ]);
  shop = await startEdgeEndpoint({ port: 0, edge: edge.url, writeKey: KEY, patience: 10_000 });
});
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await edge?.kill();
  await rm(folder, { recursive: true, force: true });
});

test("who has lost the way finds a page of the shop, and the way back", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ["/nowhere", "/products/nothing", "/category/nothing"]) {
    const answer = await page.goto(`${shop.url}${path}`);
    expect(answer?.status(), path).toBe(404);
    expect(await page.title(), path).toBe("Not found · Tarnfell");
  }
  await page.getByRole("link", { name: "Back to the trailhead" }).click();
  await page.waitForURL(`${shop.url}/`);
  await context.close();
});

test("without a script in the page, the server tells what happens and shows what is decided; without an edge, its own", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { page, faults } = await cleanPage(context);
  const hero = page.getByTestId("hero");
  await page.goto(shop.url);
  expect(await hero.getAttribute("data-variant")).toBe("");
  for (const shoe of SHOES) {
    await page.goto(`${shop.url}/products/${shoe}`);
    expect(await hero.getAttribute("data-variant")).toBe(shoe === SHOES[3] ? "running" : "");
  }
  await page.goto(shop.url);
  expect(await hero.textContent()).toContain("Find the shoe that fits your stride");
  await page.getByText("Compare all seven").click();
  await page.waitForURL(/\/category\/running-shoes$/);
  await page.goto(`${shop.url}/products/${SHOES[0]}`);
  await page.getByTestId("order").click();
  await page.waitForURL(`${shop.url}/`);
  // What the order has changed comes first in the definition only for who has not compared shoes.
  expect(await hero.getAttribute("data-variant")).toBe("running");

  const other = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page: second, faults: secondFaults } = await cleanPage(other);
  await second.goto(`${shop.url}/products/traverse-18`);
  await second.getByTestId("order").click();
  await second.waitForURL(`${shop.url}/`);
  expect(await second.getByTestId("hero").getAttribute("data-variant")).toBe("thanks");
  expect(await second.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  await edge.kill();
  await second.reload();
  expect(await second.getByTestId("hero").textContent()).toContain("Made for hills that keep going");
  await second.goto(`${shop.url}/products/traverse-18`);
  expect(await second.getByTestId("hero").textContent()).toContain("Made for hills that keep going");
  await second.getByTestId("order").click();
  await second.waitForURL(`${shop.url}/`);
  expect([...faults, ...secondFaults]).toEqual([]);
  await Promise.all([context.close(), other.close()]);
});

test("with an edge that never answers, pages are there with their own words all the same", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const own = await startEdgeEndpoint({
    port: 0,
    edge: `http://127.0.0.1:${port}`,
    writeKey: KEY,
    patience: 50,
  });
  onTestFinished(async () => {
    silent.closeAllConnections();
    silent.close();
    await own.close();
  });
  for (const path of ["/", "/products/traverse-18"]) {
    const response = await fetch(`${own.url}${path}`);
    expect(response.status, path).toBe(200);
    expect(await response.text(), path).toContain("Made for hills that keep going");
  }
  const ordered = await fetch(`${own.url}/order/traverse-18`, { method: "POST", redirect: "manual" });
  expect([ordered.status, ordered.headers.get("location")]).toEqual([303, "/"]);
});
