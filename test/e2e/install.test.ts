import { build } from "esbuild";
import type { BrowserContext } from "playwright-core";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceId, syncNow, tagReady } from "../kit/tag.ts";

interface Sent {
  id: string;
  name?: string;
}

const SHOP_CODE = `
  import { init } from "@murmur/browser";
  window.murmur = init({ edge: "EDGE", consent: "opt-out", capture: false });
  for (let at = 0; at < 4; at++) murmur.track("Product Viewed", { category: "running-shoes" });`;

const own = useOwnPages();

/** Names of the events that have left the context's pages, in order, each once. */
function sentEvents(context: BrowserContext): () => string[] {
  const entries = new Map<string, string>();
  context.on("request", (request) => {
    if (!request.url().endsWith("/v1/sync")) return;
    for (const { id, name } of (request.postDataJSON() as { entries: Sent[] }).entries)
      entries.set(id, name ?? "");
  });
  return () => [...entries.values()];
}

const tag = (attributes = ""): string =>
  `<script async src="${own.edge.url}/murmur.js" data-consent="opt-out" data-capture="false" ${attributes}></script>`;

test("calls that were made before the tag came, from a file, are run in their order and once", async () => {
  own.file("/calls.js", (response) => {
    response.writeHead(200, { "content-type": "text/javascript" });
    response.end(`
      const murmur = (...call) => (window.murmur ??= []).push(call);
      const heard = [];
      murmur("on", "entered", ({ segment }) => heard.push(segment));
      murmur("track", "First");
      murmur("ready", (api) => document.documentElement.dataset.ready = typeof api.track);
      murmur("noSuchThing");
      murmur("ready", () => { throw new Error("the page's own fault"); });
      murmur("identify", { name: "Ada" });
      murmur("track", "Second", { at: 2 });
      for (let at = 0; at < 4; at++) murmur("track", "Product Viewed", { category: "running-shoes" });
      Object.assign(window, { heard });`);
  });
  const url = own.page("/queue", { html: `<script src="/calls.js"></script>${tag()}${tag()}` });
  const context = await own.browser.newContext();
  const sent = sentEvents(context);
  const faults: string[] = [];
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(url);
  await tagReady(page);
  await page.evaluate(() =>
    (window.murmur as never as { push(call: unknown[]): void }).push(["track", "Third"]),
  );
  await syncNow(page);
  const views = Array.from({ length: 4 }, () => "Product Viewed");
  expect(sent()).toEqual(["First", "", "Second", ...views, "Third"]);
  expect(await page.evaluate(() => (window as never as { heard: string[] }).heard)).toEqual([
    "running-shoe-intent",
  ]);
  expect(await page.locator("html").getAttribute("data-ready")).toBe("function");
  expect((await edgeProfile(own.edge.url, await deviceId(page))).entries).toBe(sent().length);
  expect(faults).toEqual([]);
  await context.close();
});

test("data- attributes say what there is to say: another database, nothing recorded by itself, another edge", async () => {
  const away = own.edge.url.replace("localhost", "127.0.0.1");
  const url = own.page("/attributes", { html: tag(`data-database="shop-murmur" data-edge="${away}"`) });
  const context = await own.browser.newContext();
  const asked: string[] = [];
  context.on("request", (request) => asked.push(new URL(request.url()).origin));
  const { page, faults } = await cleanPage(context);
  await page.goto(url);
  await syncNow(page);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(databases).toEqual(["shop-murmur"]);
  expect((await edgeProfile(own.edge.url, await deviceId(page))).entries).toBe(0);
  expect(new Set(asked)).toEqual(new Set([own.url, own.edge.url, away]));
  expect(faults).toEqual([]);
  await context.close();
});

test("the npm package's init() does what the script tag does, on the same device", async () => {
  // As a shop's own bundler makes it of what the build has made.
  const { outputFiles } = await build({
    stdin: { contents: SHOP_CODE.replace("EDGE", own.edge.url), resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    write: false,
  });
  own.file("/shop.js", (response) => {
    response.writeHead(200, { "content-type": "text/javascript" }).end(outputFiles[0]!.text);
  });
  const slot = `<h1 data-murmur-slot="hero" data-murmur-timeout="Infinity" data-murmur-text="title">Own</h1>`;
  const url = own.page("/npm", { html: `<script type="module" src="/shop.js"></script>${slot}` });
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(url);
  await expect.poll(() => page.locator("h1").textContent()).toBe("Find the shoe that fits your stride");
  await syncNow(page);
  const device = await deviceId(page);
  expect((await edgeProfile(own.edge.url, device)).segments).toEqual(["running-shoe-intent"]);
  await page.goto(own.page("/tag", { html: tag() }));
  expect(await deviceId(page)).toBe(device);
  expect(faults).toEqual([]);
  await context.close();
});
