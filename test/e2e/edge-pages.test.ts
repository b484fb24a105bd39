import { randomBytes } from "node:crypto";
import { get, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { cleanPage } from "../kit/browser.ts";
import { useOwnPages } from "../kit/own-pages.ts";
import { shopperContext } from "../kit/shopper.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const FILLED = "Find the shoe that fits your stride";
const COOKIE = "murmur_murmur";
const SIZED = `<style>[data-murmur-slot] { display: block; height: 120px; overflow: hidden } img { width: 60px; height: 60px }</style>`;
const SLOT = `<section id="hero" data-murmur-slot="hero"><h1 data-murmur-text="title">Own</h1>
  <p data-murmur-text="text">Own text</p><a data-murmur-href="href" href="/own" data-murmur-text="cta">Go</a>
  <img data-murmur-src="image" src="/own.svg" alt=""></section><p>Below</p>`;

// The worker stands in front of the pages: the browser knows its address alone.
const own = useOwnPages(undefined, (url) => ({ ORIGIN: url, CONSENT: "opt-out" }));

const tag = (): string =>
  `<script async src="/murmur.js" data-consent="opt-out" data-capture="false"></script>`;

/** A page at its address behind the worker. */
function fronted(path: string, html: string): string {
  own.page(path, { html });
  return own.edge.url + path;
}

/** Pictures of the pages, which are all the same. */
function pictures(): void {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"/>';
  for (const path of ["/own.svg", "/pictures/hero-running.svg"])
    own.file(path, (response) => response.writeHead(200, { "content-type": "image/svg+xml" }).end(svg));
}

/** A shopper whose profile, at the edge, has looked at running shoes. */
async function knownShopper(): Promise<BrowserContext> {
  const context = await shopperContext(own.browser);
  const page = await context.newPage();
  await page.goto(fronted("/before", tag()));
  await tagReady(page);
  await page.evaluate(async () => {
    for (let at = 0; at < 4; at++) await window.murmur.track("Product Viewed", { category: "running-shoes" });
  });
  await syncNow(page);
  await page.close();
  return context;
}

/** Notes, in each frame, what the slot says, and every shift of the layout. */
async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const seen: { titles: string[]; shifts: number[] } = { titles: [], shifts: [] };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      seen.shifts.push(...list.getEntries().map((entry) => (entry as never as { value: number }).value));
    }).observe({ type: "layout-shift", buffered: true });
    const look = (): void => {
      const title = document.querySelector("#hero h1")?.textContent;
      if (title && !seen.titles.includes(title)) seen.titles.push(title);
      requestAnimationFrame(look);
    };
    look();
  });
}

const seenOn = (page: Page): Promise<{ titles: string[]; shifts: number[] }> =>
  page.evaluate(() => (window as never as { seen: { titles: string[]; shifts: number[] } }).seen);

test("the first paint holds the edge's slot, no frame shows anything else, and nothing shifts, with the tag on the page", async () => {
  const context = await knownShopper();
  await watch(context);
  pictures();
  const { page, faults } = await cleanPage(context);
  await page.goto(fronted("/shop", `${SIZED}${tag()}${SLOT}`));
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await page.waitForFunction(
    () => performance.now() > 500 && performance.getEntriesByType("paint").length > 0,
  );
  expect(await seenOn(page)).toEqual({ titles: [FILLED], shifts: [] });
  expect(await page.locator("#hero img").getAttribute("src")).toBe("/pictures/hero-running.svg");
  expect(await page.locator("#hero a").getAttribute("href")).toBe("/category/running-shoes");
  // The page's own is in it, out of sight.
  expect(await page.locator("#hero h1").innerText()).toBe(FILLED);
  const kept = await page.evaluate(
    () =>
      document.querySelector<HTMLTemplateElement>("#hero h1 > template[data-murmur-own]")!.content
        .textContent,
  );
  expect(kept).toBe("Own");
  expect(faults).toEqual([]);
  await context.close();
});

test.each(["reset", "consent"])("after a %s nothing of what the edge has put there stays", async (leave) => {
  const context = await knownShopper();
  const page = await context.newPage();
  await page.goto(fronted("/leave", `${SIZED}${tag()}${SLOT}`));
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  expect(await page.locator("#hero h1").textContent()).toBe(FILLED);
  await page.evaluate(async (how) => {
    if (how === "reset") await window.murmur.reset();
    else window.murmur.consent({ personalization: false });
  }, leave);
  await expect.poll(() => page.locator("#hero h1").textContent()).toBe("Own");
  expect(await page.locator("#hero a").getAttribute("href")).toBe("/own");
  expect(await page.locator("#hero img").getAttribute("src")).toBe("/own.svg");
  await context.close();
});

test.each([{ personalization: false }, { analytics: false }])(
  "after a first no nothing of what the edge has put there stays, though nothing was decided here: %o",
  async (no) => {
    const context = await knownShopper();
    const page = await context.newPage();
    const pending = tag().replace("opt-out", "opt-in");
    await page.goto(fronted("/pending", `${SIZED}${pending}${SLOT}`));
    await tagReady(page);
    expect(await page.locator("#hero h1").innerText()).toBe(FILLED);
    await page.evaluate((no) => window.murmur.consent(no), no);
    await expect.poll(() => page.locator("#hero h1").textContent(), { timeout: 20_000 }).toBe("Own");
    expect(await page.locator("#hero a").getAttribute("href")).toBe("/own");
    await context.close();
  },
);

test("without script it is the same: the page itself has it", async () => {
  const context = await knownShopper();
  const cookies = await context.cookies();
  const plain = await own.browser.newContext({ javaScriptEnabled: false, userAgent: await agentOf(context) });
  await plain.addCookies(cookies);
  const page = await plain.newPage();
  await page.goto(fronted("/plain", `${SIZED}${SLOT}`));
  expect(await page.locator("#hero h1").innerText()).toBe(FILLED);
  expect(await page.locator("#hero").innerText()).not.toContain("Own");
  await plain.close();
  await context.close();
});

async function agentOf(context: BrowserContext): Promise<string> {
  const page = await context.newPage();
  const agent = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return agent;
}

test("the id that the edge has made at the first visit is the tag's, on this page and on the next", async () => {
  const context = await shopperContext(own.browser);
  const { page, faults } = await cleanPage(context);
  const url = fronted("/first", `${SIZED}${tag()}${SLOT}`);
  const answer = await page.goto(url);
  const [, minted] = /murmur_murmur=([0-9a-f]{32})/.exec((await answer!.allHeaders())["set-cookie"]!)!;
  expect(await deviceId(page)).toBe(minted);
  await page.goto(url);
  expect(await deviceId(page)).toBe(minted);
  const kept = (await context.cookies()).filter(({ name }) => name === COOKIE);
  expect(kept.map(({ value }) => value)).toEqual([minted]);
  expect(faults).toEqual([]);
  await context.close();
});

test("a device that has lost its cookie keeps its id, and the edge hears of it", async () => {
  const context = await knownShopper();
  const page = await context.newPage();
  const url = fronted("/again", `${SIZED}${tag()}${SLOT}`);
  await page.goto(url);
  const device = await deviceId(page);
  await context.clearCookies();
  await page.goto(url);
  expect(await deviceId(page)).toBe(device);
  await deviceSegments(page);
  expect((await context.cookies()).map(({ value }) => value)).toEqual([device]);
  await context.close();
});

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An answer as it comes over the wire; `onData` is told of each piece. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  onData: (chunk: Buffer) => void = () => {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const call = get(own.edge.url + path, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => {
        onData(chunk);
        chunks.push(chunk);
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
      response.on("error", reject);
    });
    call.on("error", reject);
  });
}

const asBrowser = (cookie = ""): Record<string, string> => ({
  accept: "text/html",
  // Else the server for local development packs it, as Cloudflare does.
  "accept-encoding": "identity",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
  ...(cookie && { cookie }),
});

async function cookieOf(context: BrowserContext): Promise<string> {
  const cookie = (await context.cookies()).find(({ name }) => name === COOKIE);
  return `${cookie!.name}=${cookie!.value}`;
}

test("a page that the origin has packed is unpacked to be rewritten", async () => {
  const context = await knownShopper();
  own.file("/packed", (response) => {
    const headers = { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" };
    response.writeHead(200, headers).end(gzipSync(SLOT));
  });
  let before: string | undefined;
  // From the third time on it is known, and not read.
  for (let turn = 0; turn < 5; turn++) {
    const { body, headers } = await raw("/packed", asBrowser(await cookieOf(context)));
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers["content-length"]).toBeUndefined();
    expect(body.toString()).toContain(`${FILLED}<template data-murmur-own>Own</template>`);
    expect(body.toString()).toBe((before ??= body.toString()));
  }
  await context.close();
});

test("what is no page passes byte for byte, packed as it was", async () => {
  const bytes = gzipSync(randomBytes(100_000));
  for (const encoding of ["gzip", "zstd"]) {
    own.file(`/file-${encoding}`, (response) => {
      const headers = { "content-type": "application/wasm", "content-encoding": encoding, etag: '"x"' };
      response.writeHead(200, headers).end(bytes);
    });
    const { body, headers } = await raw(`/file-${encoding}`, { "accept-encoding": "gzip, zstd" });
    expect(body.equals(bytes)).toBe(true);
    expect([headers["content-encoding"], headers["etag"]]).toEqual([encoding, '"x"']);
  }
});

test("a page goes out while the origin still makes it", async () => {
  const context = await knownShopper();
  let rest: ServerResponse | undefined;
  own.file("/slow", (response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write(`<!doctype html><title>Slow</title>${SLOT}`);
    rest = response;
  });
  // The origin ends once the browser has what came first; at first, and when the page is known.
  for (let turn = 0; turn < 5; turn++) {
    const { body } = await raw("/slow", asBrowser(await cookieOf(context)), (chunk) => {
      if (chunk.includes(FILLED)) rest!.end("<p>End</p>");
    });
    expect(body.toString()).toMatch(new RegExp(`${FILLED}.*<p>End</p>`, "s"));
  }
  await context.close();
});
