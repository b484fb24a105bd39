import type { BrowserContext, Page } from "playwright-core";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, test, type ExpectStatic } from "vitest";
import { launchChromium } from "../kit/browser.ts";
import { edgeLog } from "../kit/edge-log.ts";
import { useGatedEdge } from "../kit/gated-edge.ts";
import { give, passOn, type Answer, type Gateway, type SeenCall } from "../kit/gateway.ts";
import { keptRows } from "../kit/kept-rows.ts";
import { watchFaults } from "../kit/page-faults.ts";
import { deviceId, deviceSegments, syncNow, tagReady } from "../kit/tag.ts";

const gated = useGatedEdge();
let browser: Awaited<ReturnType<typeof launchChromium>>;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Somebody whose way to the edge can be told to fail. */
interface Shopper {
  gateway: Gateway;
  context: BrowserContext;
  expect: ExpectStatic;
  /** Where their pages are. */
  url: string;
}

/** What is waited for here is mostly time: the tests run side by side, each with a network and a browser's profile of its own. */
function withShopper(
  work: (shopper: Shopper) => Promise<void>,
): (context: { expect: ExpectStatic }) => Promise<void> {
  return async ({ expect }) => {
    const gateway = await gated.anotherGateway();
    const context = await browser.newContext();
    try {
      const faults = await watchFaults(context);
      const url = `${gated.site.url}/?capture=false&edge=${gateway.url}`;
      await work({ gateway, context, expect, url });
      expect(faults).toEqual([]);
    } finally {
      await context.close();
      await gateway.close();
    }
  };
}

/** A page that has reached the edge before. */
async function openPage({ context, url }: Shopper): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
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
async function expectEqualLogs({ expect }: Shopper, page: Page, ids: readonly string[]): Promise<void> {
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

async function nextCall({ gateway, expect }: Shopper, at: number): Promise<SeenCall> {
  await expect.poll(() => gateway.calls[at], { timeout: 60_000 }).toBeDefined();
  return gateway.calls[at]!;
}

const HANGS: readonly (readonly [string, Answer])[] = [
  ["hangs", () => {}],
  [
    "begins to answer and hangs",
    async (response, pass) => {
      const { status, headers, body } = await pass();
      response.writeHead(status, headers).write(body.slice(0, 10));
    },
  ],
];

// The longest first.
for (const [what, answer] of HANGS)
  test.concurrent(
    `an edge that ${what} is given up, and asked again`,
    withShopper(async (shopper) => {
      const page = await openPage(shopper);
      shopper.gateway.answer = answer;
      shopper.gateway.calls.length = 0;
      await view(page, ["a", "b"]);
      await nextCall(shopper, 0);
      shopper.gateway.answer = passOn;
      await view(page, ["c"]);
      await expectEqualLogs(shopper, page, ["a", "b", "c"]);
    }),
  );

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

for (const [what, fail] of Object.entries(FAILURES))
  test.concurrent(
    `an edge that ${what}, and heals: every event is there once, in order, at its instant`,
    withShopper(async (shopper) => {
      const { gateway, expect } = shopper;
      const page = await openPage(shopper);
      const [early, late] = [
        ["a", "b", "c"],
        ["d", "e"],
      ];
      gateway.answer = fail;
      gateway.calls.length = 0;
      await view(page, early);
      await nextCall(shopper, 1);
      await view(page, late);
      expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
      gateway.answer = passOn;
      // Nobody asks for it.
      await expectEqualLogs(shopper, page, [...early, ...late]);
    }),
  );

test.concurrent(
  "a Retry-After is kept to, whatever is recorded meanwhile and whoever comes back to the page",
  withShopper(async (shopper) => {
    const { gateway, expect } = shopper;
    const page = await openPage(shopper);
    gateway.calls.length = 0;
    gateway.answer = (response) =>
      give(response, { status: 429, headers: { ...problem(), "retry-after": "4" }, body: "{}" });
    await view(page, ["a"]);
    const refused = await nextCall(shopper, 0);
    gateway.answer = passOn;
    for (const id of ["b", "c", "d"]) {
      await view(page, [id]);
      await page.evaluate(() => dispatchEvent(new Event("online")));
      await sleep(500);
    }
    await expectEqualLogs(shopper, page, ["a", "b", "c", "d"]);
    // A page cannot know of the answer before it was given.
    expect((await nextCall(shopper, 1)).startedAt - refused.startedAt).toBeGreaterThanOrEqual(4_000);
  }),
);

test.concurrent(
  "offline for a while: the page goes on, and what it has recorded leaves when it is online again",
  withShopper(async (shopper) => {
    const { context, expect } = shopper;
    const page = await openPage(shopper);
    await context.setOffline(true);
    await view(page, ["a", "b", "c", "d"]);
    expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
    expect(await edgeLog(gated.edge.url, await deviceId(page))).toEqual([]);
    await context.setOffline(false);
    await expectEqualLogs(shopper, page, ["a", "b", "c", "d"]);
  }),
);

test.concurrent(
  "offline from before its first answer: nothing is lost before there is a definition",
  withShopper(async (shopper) => {
    const { gateway, context, url, expect } = shopper;
    gateway.answer = (response) => response.destroy();
    const page = await context.newPage();
    await page.route("**/v1/manifest", (route) => route.abort());
    await page.goto(url);
    await tagReady(page);
    await view(page, ["a", "b", "c", "d"]);
    expect(await deviceSegments(page)).toEqual([]);
    await page.unroute("**/v1/manifest");
    gateway.answer = passOn;
    await expectEqualLogs(shopper, page, ["a", "b", "c", "d"]);
    await expect.poll(() => deviceSegments(page)).toEqual(["running-shoe-intent"]);
  }),
);

test.concurrent(
  "a call that comes late does not bring back at the edge who has withdrawn meanwhile",
  withShopper(async (shopper) => {
    const { gateway, expect } = shopper;
    const page = await openPage(shopper);
    const authorization = `Device ${await deviceId(page)}`;
    let arrive = (): void => {};
    const late = new Promise<void>((resolve) => (arrive = resolve));
    gateway.answer = async (response, pass) => {
      await late;
      await passOn(response, pass);
    };
    gateway.calls.length = 0;
    await view(page, ["a"]);
    await expect.poll(() => gateway.calls.length).toBe(1);
    await page.evaluate(() => window.murmur.forget());
    await expect.poll(() => keptRows(page)).toEqual([]);
    // An erasure that waits for nobody is there first.
    await sleep(1_000);
    arrive();
    await expect.poll(() => gateway.calls[0]!.status).toBe(200);
    await expect
      .poll(async () => (await fetch(`${gated.edge.url}/v1/profile`, { headers: { authorization } })).status)
      .toBe(404);
  }),
);
