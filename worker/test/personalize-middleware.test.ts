import { SELF } from "cloudflare:test";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { expect, test } from "vitest";
import { murmur, type MurmurOptions, type MurmurVisit } from "../src/personalize/middleware.ts";
import { newDevice } from "./kit/call.ts";
import { SECRET_KEY } from "./kit/segment-call.ts";
import { BROWSER, COOKIE, PAGE, runner, SHOP } from "./kit/shop-front.ts";

const FILLED = "Find the shoe that fits your stride";

interface ShopEnv {
  Bindings: { MURMUR: Fetcher; MURMUR_KEY: string };
  Variables: { murmur?: MurmurVisit };
}

/** A shop that runs on a worker of its own, with a binding to Murmur's. */
function shop(more: Partial<MurmurOptions> = {}): Hono<ShopEnv> {
  return new Hono<ShopEnv>()
    .use(
      murmur<ShopEnv>(({ env }) => ({ edge: env.MURMUR, key: env.MURMUR_KEY, consent: "opt-out", ...more })),
    )
    .use("/tagged", etag())
    .get("/", ({ html }) => html(PAGE, 200, { "cache-control": "public, max-age=60", "x-shop": "1" }))
    .get("/tagged", ({ html }) => html(PAGE))
    .get("/rendered", async ({ html, var: { murmur } }) => {
      const slots = await murmur?.slots.catch(() => undefined);
      return html(`<h1>${String(slots?.["hero"]?.content["title"] ?? "Own")}</h1>`);
    })
    .get("/data", ({ json }) => json({ a: 1 }))
    .get("/broken", () => {
      throw new Error("the shop's own fault");
    });
}

interface Visiting {
  path?: string;
  device?: string;
  headers?: Record<string, string>;
  more?: Partial<MurmurOptions>;
  key?: string;
}

async function visit({ path = "/", device, headers, more, key = SECRET_KEY }: Visiting = {}) {
  const cookie = device === undefined ? {} : { cookie: `${COOKIE}=${device}` };
  const request = new Request(SHOP + path, {
    headers: { accept: "text/html", "user-agent": BROWSER, ...cookie, ...headers },
  });
  const answer = await shop(more).request(request, undefined, { MURMUR: SELF as Fetcher, MURMUR_KEY: key });
  return { answer, text: await answer.text() };
}

test("an app's page shows what the visitor's profile decides, and is theirs alone", async () => {
  const { answer, text } = await visit({ device: await runner() });
  expect(text).toContain(`${FILLED}<template data-murmur-own>Own <b>title</b></template>`);
  expect(answer.headers.get("cache-control")).toBe("private, no-cache");
  expect(answer.headers.get("x-shop")).toBe("1");
  expect(answer.headers.getSetCookie()).toHaveLength(1);
});

test("a handler may render the slots itself", async () => {
  expect((await visit({ path: "/rendered", device: await runner() })).text).toContain(FILLED);
  expect((await visit({ path: "/rendered", device: newDevice() })).text).toContain("<h1>Own</h1>");
});

test("who is new gets an id; who is no person, or does not allow it, gets the app's page", async () => {
  const first = await visit();
  expect(first.text).toBe(PAGE);
  expect(first.answer.headers.getSetCookie()[0]).toMatch(/^murmur_murmur=[0-9a-f]{32};/);
  for (const visiting of [
    { headers: { "user-agent": "curl/8" } },
    { more: { consent: "opt-in" as const } },
    { headers: { cookie: `murmur-consent=0--` } },
  ]) {
    const { answer, text } = await visit(visiting);
    expect(text).toBe(PAGE);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=60");
  }
});

test("a page that is one visitor's own has no tag of everybody's, and is never said to be unchanged", async () => {
  const plain = await visit({ path: "/tagged", headers: { "user-agent": "curl/8" } });
  const tag = plain.answer.headers.get("etag")!;
  expect(tag).not.toBeNull();
  const headers = { "if-none-match": tag };
  expect(
    (await visit({ path: "/tagged", headers: { ...headers, "user-agent": "curl/8" } })).answer.status,
  ).toBe(304);
  const own = await visit({ path: "/tagged", headers, device: await runner() });
  expect([own.answer.status, own.answer.headers.get("etag")]).toEqual([200, null]);
  expect(own.text).toContain(FILLED);
});

test.each<[string, Visiting]>([
  ["a key that is not Murmur's", { key: "guess" }],
  ["an address where nobody is", { more: { edge: "http://127.0.0.1:1" } }],
  ["a worker that fails", { more: { edge: { fetch: () => Promise.reject(new Error("down")) } } }],
  ["a worker that says something else", { more: { edge: { fetch: async () => new Response("<html>") } } }],
  ["a worker that says nothing", { more: { edge: { fetch: () => new Promise(() => {}) }, timeout: 30 } }],
])("with %s, the app's page is as it was", async (_what, visiting) => {
  expect((await visit({ ...visiting, device: await runner() })).text).toBe(PAGE);
});

test("what is no page passes, and an app's own error is its own", async () => {
  const data = await visit({ path: "/data", device: await runner() });
  expect([data.text, data.answer.headers.getSetCookie()]).toEqual(['{"a":1}', []]);
  expect((await visit({ path: "/broken" })).answer.status).toBe(500);
  expect((await visit({ path: "/nothing" })).answer.status).toBe(404);
});
