import type { Page, Route } from "playwright-core";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { edgeProfile } from "../kit/demo-shop.ts";
import { useDemo } from "../kit/demo.ts";
import { deviceId, deviceSegments, syncNow, visit } from "../kit/tag.ts";

const demo = useDemo();

/** A page whose calls to the edge are answered by `answer`; what it throws is collected. */
async function pageWith(answer: (route: Route) => Promise<void>): Promise<{ page: Page; thrown: string[] }> {
  const page = await (await demo.browser.newContext()).newPage();
  const thrown: string[] = [];
  page.on("pageerror", (error) => thrown.push(String(error)));
  await visit(page, `${demo.shop.url}/account`);
  await page.route("**/v1/sync", answer);
  return { page, thrown };
}

function view(page: Page): Promise<void> {
  return page.evaluate(() => window.murmur.track("Product Viewed", { category: "running-shoes" }));
}

const problem = (status: number, headers: Record<string, string> = {}) => ({
  status,
  headers,
  contentType: "application/problem+json",
  body: JSON.stringify({ status, code: "whatever" }),
});

const UNFRIENDLY: Readonly<Record<string, ReturnType<typeof problem>>> = {
  "asks for a wait longer than a timer can take": problem(429, { "retry-after": "3000000" }),
  "answers 500": problem(500),
  "is a proxy that refuses whatever is sent": { ...problem(400), contentType: "text/html", body: "<html>" },
  "is a captive portal": { ...problem(200), contentType: "text/html", body: "<html>" },
  "answers with other JSON": { ...problem(200), contentType: "application/json", body: "{}" },
};

// What they wait for is time: they do so side by side.
test.concurrent.for(Object.entries(UNFRIENDLY))(
  "an edge that %s is left in peace, and nothing is lost",
  async ([_what, answer], { expect }) => {
    let calls = 0;
    const { page, thrown } = await pageWith(async (route) => {
      calls++;
      // With which a page may read the answer, as the edge has them.
      const cors = {
        "access-control-allow-origin": demo.shop.url,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "retry-after",
      };
      await route.fulfill({ ...answer, headers: { ...cors, ...answer.headers } });
    });
    for (let at = 0; at < 4; at++) await view(page);
    await sleep(2_500);
    expect(calls).toBeLessThanOrEqual(4);
    expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
    await page.unroute("**/v1/sync");
    await syncNow(page);
    expect((await edgeProfile(demo.shop.edge.url, await deviceId(page))).segments).toEqual([
      "running-shoe-intent",
    ]);
    expect(thrown).toEqual([]);
    await page.context().close();
  },
);

test("an answer that is lost after the edge has taken the events costs nothing and counts nothing twice", async () => {
  let lost = 0;
  const { page } = await pageWith(async (route) => {
    await route.fetch();
    lost++;
    await route.abort();
  });
  for (let at = 0; at < 3; at++) await view(page);
  await syncNow(page);
  expect(lost).toBeGreaterThan(0);
  await page.unroute("**/v1/sync");
  await syncNow(page);
  const { entries, segments } = await edgeProfile(demo.shop.edge.url, await deviceId(page));
  expect([entries, segments]).toEqual([4, []]);
  await view(page);
  await syncNow(page);
  expect((await edgeProfile(demo.shop.edge.url, await deviceId(page))).segments).toEqual([
    "running-shoe-intent",
  ]);
  await page.context().close();
});

test("an entry for which the edge refuses the whole call is found and set aside, the others arrive", async () => {
  const { page } = await pageWith(async (route) => {
    if (route.request().postData()?.includes("poison")) await route.fulfill(problem(400));
    else await route.continue();
  });
  for (let at = 0; at < 4; at++) await view(page);
  await page.evaluate(() => window.murmur.track("poison"));
  for (let at = 0; at < 3; at++) await view(page);
  await syncNow(page);
  await expect
    .poll(async () => (await edgeProfile(demo.shop.edge.url, await deviceId(page))).entries, {
      timeout: 20_000,
    })
    .toBe(8);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await page.context().close();
});

test.each<[string, (route: Route) => Promise<void>]>([
  ["cannot be fetched", (route) => route.abort()],
  [
    "is for another version of the tag",
    (route) => route.fulfill({ json: { hash: "another", plan: { version: 0 } } }),
  ],
])("a definition that %s holds nothing up", async (_what, answer) => {
  const { page } = await pageWith((route) => route.continue());
  await page.route("**/v1/manifest/**", answer);
  await page.route("**/v1/sync", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), manifest: "another" } });
  });
  for (let at = 0; at < 4; at++) await view(page);
  await syncNow(page);
  const { entries, segments } = await edgeProfile(demo.shop.edge.url, await deviceId(page));
  expect([entries, segments]).toEqual([5, ["running-shoe-intent"]]);
  expect(await deviceSegments(page)).toEqual(["running-shoe-intent"]);
  await page.context().close();
});
