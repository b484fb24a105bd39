import { execFileSync } from "node:child_process";
import type { ServerResponse } from "node:http";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { blocksIn, type Block } from "../docs/pages.ts";
import { cleanPage } from "../kit/browser.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { deviceSegments, tagReady } from "../kit/tag.ts";

/** As README.md has people start the worker. */
const own = useOwnPages(undefined, () => ({ SECRET_WRITE_KEY: "only-on-this-machine" }));

/** A block of a page that has these words, with the worker of this test in it. */
function written(language: string, words: string, from = "README.md"): string {
  const block = blocksIn(language).find(({ page, code }: Block) => page === from && code.includes(words));
  if (!block) throw new Error(`${from} has no ${language} with ${words}`);
  return block.code.replaceAll(/http:\/\/localhost:8787|https:\/\/edge\.shop\.example/g, own.edge.url);
}

/** Serves TypeScript of a page as a shop bundles it. */
async function serveScript(path: string, contents: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "tsx" },
    bundle: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
  });
  own.file(path, (response) => {
    response.writeHead(200, { "content-type": "text/javascript" }).end(outputFiles[0]!.text);
  });
}

test("five minutes with a script tag: the page, loaded five times, has another headline", async () => {
  const html = written("html", "data-murmur-slot");
  const url = own.page("/", { html });
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  for (let visit = 1; visit <= 4; visit++) {
    await page.goto(url);
    if (visit < 4) expect(await page.locator("h1").textContent()).toBe("Made for hills that keep going");
    await deviceSegments(page);
  }
  // Nothing is painted before the tag is there, however slow this machine is.
  let style: ServerResponse | undefined;
  own.file("/late.css", (response) => (style = response));
  own.page("/", { html: `<link rel="stylesheet" href="/late.css">${html}` });
  await page.goto(url, { waitUntil: "commit" });
  const title = () => page.evaluate(() => document.querySelector("h1")?.textContent);
  await expect.poll(title).toBe("Find the shoe that fits your stride");
  await expect.poll(() => style).toBeDefined();
  style!.writeHead(200, { "content-type": "text/css" }).end();
  await page.waitForLoadState();
  expect(await title()).toBe("Find the shoe that fits your stride");
  expect(await page.locator("a").textContent()).toBe("Compare all seven");
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  expect(faults).toEqual([]);
  await context.close();
});

test("five minutes with React: the fourth click changes the page", async () => {
  await serveScript("/shop.js", written("tsx", "createRoot"));
  const html = '<div id="root"></div><script type="module" src="/shop.js"></script>';
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(own.page("/react", { html }));
  const offer = page.getByText("Try any pair for sixty days.");
  for (let click = 1; click <= 4; click++) {
    expect(await offer.count()).toBe(0);
    await page.getByRole("button").click();
  }
  await offer.waitFor();
  await expect.poll(() => page.locator("h1").textContent()).toBe("Find the shoe that fits your stride");
  expect(faults).toEqual([]);
  await context.close();
});

test("five minutes with a server: the commands, as they stand, answer the segment, the hero and why", () => {
  const said = execFileSync("bash", ["-e"], {
    input: written("sh", "/v1/slots"),
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  const [answer] = /\{"segments".*$/.exec(said) ?? [];
  expect(JSON.parse(answer!)).toMatchObject({
    segments: ["running-shoe-intent"],
    slots: { hero: { variant: "running", why: "in segment running-shoe-intent" } },
  });
});

test("OpenFeature, as its page has it, learns from the worker which flags there are", async () => {
  const code = written("ts", "setProviderAndWait", "packages/openfeature/README.md");
  await serveScript("/flags.js", `${code}\nObject.assign(window, { flags });`);
  const html = '<script type="module" src="/flags.js"></script>';
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  await page.goto(own.page("/flags", { html }));
  await page.waitForFunction(() => "flags" in window || undefined);
  const errors = await page.evaluate(() => {
    type Ask = (flag: string, otherwise: unknown) => { errorCode?: string };
    const { flags } = window as unknown as {
      flags: Record<`get${"Boolean" | "Object" | "String"}Details`, Ask>;
    };
    return [
      flags.getBooleanDetails("cart-abandoner", false).errorCode,
      flags.getObjectDetails("hero", {}).errorCode,
      flags.getStringDetails("hero", "").errorCode,
      flags.getBooleanDetails("nobody", false).errorCode,
    ];
  });
  expect(errors).toEqual([undefined, undefined, "TYPE_MISMATCH", "FLAG_NOT_FOUND"]);
  expect(faults).toEqual([]);
  await context.close();
});

test("coming from Shopify pixels: the cart is told whose it is once analytics are allowed, and not before", async () => {
  own.file("/cart/update.js", (response) => response.end("{}"));
  const theme = written("js", "/cart/update.js", "docs/migrating-from-shopify-pixels.md");
  const html = `<script async src="${own.edge.url}/murmur.js"></script><script>${theme}</script>`;
  const context = await own.browser.newContext();
  const { page, faults } = await cleanPage(context);
  const told: unknown[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/cart/update.js")) told.push(request.postDataJSON());
  });
  await page.goto(own.page("/theme", { html }));
  await tagReady(page);
  const device = await page.evaluate(() => window.murmur.deviceId());
  await page.waitForTimeout(500);
  expect(told).toEqual([]);
  await page.evaluate(() => window.murmur.consent({ analytics: true }));
  await expect.poll(() => told).toEqual([{ attributes: { murmur_device: device } }]);
  expect(faults).toEqual([]);
  await context.close();
});
