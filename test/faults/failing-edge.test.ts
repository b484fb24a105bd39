import type { BrowserContext, Page } from "playwright-core";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium } from "../kit/browser.ts";
import { edgeLog } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { give, passOn, type Answer, type SeenCall } from "../kit/gateway.ts";
import { keptRows } from "../kit/kept-rows.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const gated = useGatedEdge();
let browser: Awaited<ReturnType<typeof launchChromium>>;
let context: BrowserContext;
let faults: string[];
beforeAll(async () => {
  browser = await launchChromium();
});
beforeEach(async () => {
  context = await browser.newContext();
  faults = await watchFaults(context);
});
afterEach(async () => {
  await context.close();
  expect(faults).toEqual([]);
});
afterAll(() => browser?.close());

/** A page that has reached the edge before. */
async function openPage(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${gated.site.url}/?capture=false`);
  await tagReady(page);
  await syncNow(page);
  return page;
}

async function view(page: Page, ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await page.evaluate(
      (own) => window.murmur.track("Product Viewed", { category: "running-shoes" }, { id: own }),
      id,
    );
}

/** The log at the edge is the device's own: the same entries, once each, in the same order, at the same instants. */
async function expectEqualLogs(page: Page, ids: readonly string[]): Promise<void> {
  const device = await deviceId(page);
  const atEdge = async () =>
    (await edgeLog(gated.edge.url, device)).map(({ id, timestamp }) => ({ id, timestamp }));
  await expect.poll(async () => (await atEdge()).length, { timeout: 60_000 }).toBe(ids.length);
  const kept = (await keptRows(page)).map(({ entry: { id, timestamp } }) => ({ id, timestamp }));
  expect(await atEdge()).toEqual(kept);
  expect(kept.map(({ id }) => id)).toEqual(ids);
  const instants = kept.map(({ timestamp }) => timestamp);
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
}

/** With which a page may read the answer, as the edge has them. */
const open = (): Record<string, string> => ({
  "access-control-allow-origin": gated.site.url,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "retry-after",
});
const problem = (): Record<string, string> => ({ ...open(), "content-type": "application/problem+json" });

const FAILURES: Record<string, Answer> = {
  "answers 500 with a problem": (response) =>
    give(response, { status: 500, headers: problem(), body: '{"code":"internal"}' }),
  "answers 502 in a proxy's HTML, without CORS": (response) =>
    give(response, { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" }),
  "answers 429 without a Retry-After": (response) =>
    give(response, { status: 429, headers: problem(), body: "" }),
  "is hidden by a captive portal": (response) =>
    give(response, {
      status: 200,
      headers: { ...open(), "content-type": "text/html" },
      body: "<!doctype html><title>Welcome to the hotel</title>",
    }),
  "is hidden by a captive portal that redirects": (response) =>
    give(response, {
      status: 302,
      headers: { ...open(), location: `${gated.site.url}/portal` },
      body: "",
    }),
  "closes before it answers": (response) => response.destroy(),
  "takes the events and closes before it answers": async (response, pass) => {
    await pass();
    response.destroy();
  },
  "takes the events and closes in mid-answer": async (response, pass) => {
    const { status, headers, body } = await pass();
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
    response.write(body.slice(0, body.length / 2), () => response.destroy());
  },
  "takes the events and its answer is cut off unseen": async (response, pass) => {
    const { status, headers, body } = await pass();
    give(response, { status, headers, body: body.slice(0, body.length / 2) });
  },
};

test.each(Object.entries(FAILURES))(
  "an edge that %s, and heals: every event is there once, in order, at its instant",
  async (_what, fail) => {
    const page = await openPage();
    const [early, late] = [
      ["a", "b", "c"],
      ["d", "e"],
    ];
    gated.gateway.answer = fail;
    gated.gateway.calls.length = 0;
    await view(page, early);
    await expect.poll(() => gated.gateway.calls.length, { timeout: 10_000 }).toBeGreaterThan(1);
    await view(page, late);
    expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
    gated.gateway.answer = passOn;
    // Nobody asks for it.
    await expectEqualLogs(page, [...early, ...late]);
  },
);

test("a Retry-After is kept to, whatever is recorded meanwhile and whoever comes back to the page", async () => {
  const page = await openPage();
  gated.gateway.calls.length = 0;
  gated.gateway.answer = (response) =>
    give(response, { status: 429, headers: { ...problem(), "retry-after": "4" }, body: "{}" });
  await view(page, ["a"]);
  const refused = await nextCall(0);
  gated.gateway.answer = passOn;
  for (const id of ["b", "c", "d"]) {
    await view(page, [id]);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await sleep(500);
  }
  await expectEqualLogs(page, ["a", "b", "c", "d"]);
  // A page cannot know of the answer before it was given.
  expect((await nextCall(1)).startedAt - refused.startedAt).toBeGreaterThanOrEqual(4_000);
});

async function nextCall(at: number): Promise<SeenCall> {
  await expect.poll(() => gated.gateway.calls[at], { timeout: 20_000 }).toBeDefined();
  return gated.gateway.calls[at]!;
}

const HANGS: readonly (readonly [string, typeof gated.gateway.answer])[] = [
  ["hangs", () => {}],
  [
    "begins to answer and hangs",
    async (response, pass) => {
      const { status, headers, body } = await pass();
      response.writeHead(status, headers).write(body.slice(0, 10));
    },
  ],
];

test.each(HANGS)("an edge that %s is given up, and asked again", async (_title, answer) => {
  const page = await openPage();
  gated.gateway.answer = answer;
  gated.gateway.calls.length = 0;
  await view(page, ["a", "b"]);
  await nextCall(0);
  gated.gateway.answer = passOn;
  await view(page, ["c"]);
  await expectEqualLogs(page, ["a", "b", "c"]);
});

test("offline for a while: the page goes on, and what it has recorded leaves when it is online again", async () => {
  const page = await openPage();
  await context.setOffline(true);
  await view(page, ["a", "b", "c", "d"]);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  expect(await edgeLog(gated.edge.url, await deviceId(page))).toEqual([]);
  await context.setOffline(false);
  await expectEqualLogs(page, ["a", "b", "c", "d"]);
});

test("offline from before its first answer: nothing is lost before there is a definition", async () => {
  gated.gateway.answer = (response) => response.destroy();
  const page = await context.newPage();
  await page.route("**/v1/manifest", (route) => route.abort());
  await page.goto(`${gated.site.url}/?capture=false`);
  await tagReady(page);
  await view(page, ["a", "b", "c", "d"]);
  expect(await deviceSegments(page)).toEqual([]);
  await page.unroute("**/v1/manifest");
  gated.gateway.answer = passOn;
  await expectEqualLogs(page, ["a", "b", "c", "d"]);
  await expect.poll(() => deviceSegments(page)).toEqual(["running-shoe-intent"]);
});
