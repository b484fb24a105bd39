import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Cookie, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, type EdgeProcess } from "../../tools/edge-process.ts";
import { startBareSite, type BareSite } from "../kit/bare-site.ts";
import { launchChromium } from "../kit/browser.ts";
import { TOKEN_SECRET } from "../kit/customer-token.ts";
import { startPlainEdge } from "../kit/plain-edge.ts";
import { deviceId, deviceSegments, syncNow, visit } from "../kit/tag.ts";

const NAME = "murmur_murmur";
const ID = "0123456789abcdef0123456789abcdef";

let folder: string;
let site: BareSite;
let edge: EdgeProcess;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "murmur-test-"));
  site = await startBareSite(() => edge.url);
  edge = await startPlainEdge({
    port: await freePort(),
    persistTo: folder,
    allowedOrigins: [site.url],
    tokenSecret: TOKEN_SECRET,
    // Of one site are hosts, whatever their ports.
    vars: { COOKIE_DOMAIN: "localhost" },
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await edge?.kill();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The device's cookies, of this host and of its site. */
async function cookies(context: BrowserContext): Promise<Cookie[]> {
  return (await context.cookies()).filter(({ name }) => name === NAME);
}

/** Empties IndexedDB and nothing else, as the browser does it itself. */
async function wipe(page: Page): Promise<void> {
  await page.goto(`${site.url}/plain`);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: site.url, storageTypes: "indexeddb" });
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
}

test("a device whose IndexedDB was emptied comes back by its cookie, and its segments from the edge", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await visit(page, site.url);
  const device = await deviceId(page);
  for (let at = 0; at < 4; at++)
    await page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
  await syncNow(page);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await wipe(page);
  await visit(page, site.url);
  expect(await deviceId(page)).toBe(device);
  await syncNow(page);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await context.close();
});

test("the edge's own answer has the cookie, and renews it", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  // A page that may set none: what is there is the edge's.
  await page.addInitScript(() => Object.defineProperty(document, "cookie", { get: () => "", set: () => {} }));
  await visit(page, site.url);
  const device = await deviceId(page);
  await syncNow(page);
  const [kept, ...more] = await cookies(context);
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ value: device, path: "/", sameSite: "Lax", httpOnly: false });
  expect(kept!.expires - Date.now() / 1_000).toBeGreaterThan(399 * 86_400);
  await context.addCookies([{ ...kept!, expires: Date.now() / 1_000 + 86_400 }]);
  await syncNow(page);
  const [renewed] = await cookies(context);
  expect(renewed!.expires - Date.now() / 1_000).toBeGreaterThan(399 * 86_400);
  await context.close();
});

test("an answer that comes after everything was forgotten brings the cookie back for nobody", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await visit(page, site.url);
  const device = await deviceId(page);
  await syncNow(page);
  const answered = page.waitForResponse(
    (response) => response.url().endsWith("/v1/sync") && response.request().method() === "POST",
  );
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = async (...call) => {
      const sent = fetch(...call);
      if (String(call[0]).endsWith("/v1/sync")) window.murmur.forget();
      return sent;
    };
    void window.murmur.sync();
  });
  expect((await (await answered).allHeaders())["set-cookie"]).toContain(device);
  await expect.poll(() => cookies(context)).toEqual([]);
  await context.close();
});

/** A page of a host on the network, with the tag; nobody answers there but for these two files. */
async function hosted(host: string): Promise<{ context: BrowserContext; page: Page }> {
  const tag = await readFile(new URL("../../packages/browser/dist/murmur.js", import.meta.url), "utf8");
  const context = await browser.newContext();
  await context.route("**/*", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/")
      return route.fulfill({
        contentType: "text/html",
        body: '<!doctype html><script async src="/murmur.js" data-consent="opt-out"></script>',
      });
    return pathname === "/murmur.js"
      ? route.fulfill({ contentType: "text/javascript", body: tag })
      : route.abort();
  });
  const page = await context.newPage();
  await page.goto(`https://${host}/`);
  return { context, page };
}

test("on https it is Secure, and of this host alone", async () => {
  const { context, page } = await hosted("www.shop.example");
  const device = await deviceId(page);
  expect(await cookies(context)).toMatchObject([
    { value: device, domain: "www.shop.example", path: "/", sameSite: "Lax", secure: true },
  ]);
  await context.close();
});

test("forgetting takes the one that the edge has set for the whole site as well, a sign-out replaces both", async () => {
  const { context, page } = await hosted("www.shop.example");
  const device = await deviceId(page);
  const wide = { name: NAME, value: device, domain: ".shop.example", path: "/", secure: true };
  await context.addCookies([wide]);
  expect(await cookies(context)).toHaveLength(2);
  await page.evaluate(() => window.murmur.reset());
  const next = await deviceId(page);
  expect((await cookies(context)).map(({ value }) => value)).toEqual([next]);
  await context.addCookies([{ ...wide, value: ID }]);
  await page.evaluate(() => window.murmur.forget());
  await expect.poll(() => cookies(context)).toEqual([]);
  await context.close();
});
