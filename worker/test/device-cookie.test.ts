import { createExecutionContext, env } from "cloudflare:test";
import { expect, test } from "vitest";
import { app } from "../src/app.ts";
import { newDevice, viewed, type Answer } from "./kit/call.ts";

const SHOP = "https://shop.example";
const NAME = "murmur_murmur";

interface Call {
  body?: object;
  headers?: Record<string, string>;
  /** The worker's COOKIE_DOMAIN. */
  domain?: string;
  url?: string;
}

/** A call as a page of the shop makes it to a worker of the same site. */
async function call({ body = {}, headers = {}, domain = "shop.example", url }: Call = {}): Promise<{
  device: string;
  status: number;
  cookies: string[];
  headers: Headers;
  answer: Answer;
}> {
  const device = newDevice();
  const sent = { device, sentAt: Date.now(), cookie: NAME, consent: { analytics: true }, ...body };
  const answer = await app.request(
    url ?? "https://edge.shop.example/v1/sync",
    {
      method: "POST",
      body: JSON.stringify(sent),
      headers: { origin: SHOP, "sec-fetch-site": "same-site", ...headers },
    },
    { ...env, COOKIE_DOMAIN: domain },
    createExecutionContext(),
  );
  return {
    device: sent.device,
    status: answer.status,
    cookies: answer.headers.getSetCookie(),
    headers: answer.headers,
    answer: await answer.json(),
  };
}

test.each(["same-site", "same-origin"])("a call of a %s page renews the device's cookie", async (site) => {
  const { device, cookies } = await call({ headers: { "sec-fetch-site": site } });
  expect(cookies).toEqual([
    `${NAME}=${device}; Max-Age=34560000; Domain=shop.example; Path=/; Secure; SameSite=Lax`,
  ]);
});

test("on plain http, as in local development, it is not Secure", async () => {
  const url = "http://edge.shop.example/v1/sync";
  const { cookies } = await call({ url });
  expect(cookies.map((cookie) => cookie.includes("Secure"))).toEqual([false]);
});

test.each<[string, Call]>([
  ["a page of another site", { headers: { "sec-fetch-site": "cross-site" } }],
  ["nobody's page", { headers: { "sec-fetch-site": "none" } }],
  ["who says nothing of sites", { headers: { "sec-fetch-site": "" } }],
  ["a page, without COOKIE_DOMAIN", { domain: "" }],
  ["a page that names no cookie", { body: { cookie: undefined } }],
  ["a page whose shopper has decided nothing", { body: { consent: {} } }],
  ["a page that says nothing of consent", { body: { consent: undefined } }],
  ["a page whose shopper has refused", { body: { consent: { analytics: false, marketing: true } } }],
])("a call of %s is answered without a cookie", async (_whose, options) => {
  const { status, cookies } = await call(options);
  expect([status, cookies]).toEqual([200, []]);
});

test("a yes that a later no has overtaken sets none", async () => {
  const device = newDevice();
  const sentAt = Date.now() - 1_000;
  await call({ body: { device, consent: { analytics: false } } });
  const { cookies, answer } = await call({
    body: { device, sentAt, entries: [viewed()], consent: { analytics: true } },
  });
  expect(answer.rejected.map(({ reason }) => reason)).toEqual(["no_consent"]);
  expect(cookies).toEqual([]);
});

test.each([
  "session",
  "__Host-murmur_murmur",
  "murmur_a b",
  "murmur_a;Domain=x",
  "murmur_a\r\nx",
  "murmur_é",
])("a cookie of the name %j is not the tag's", async (cookie) => {
  const { status, cookies } = await call({ body: { cookie } });
  expect([status, cookies]).toEqual([400, []]);
});

test("a foreign origin gets neither a cookie nor a credentialed answer, wherever it says it is", async () => {
  const { status, cookies, headers } = await call({ headers: { origin: "https://evil.example" } });
  expect([status, cookies]).toEqual([403, []]);
  expect(headers.get("access-control-allow-credentials")).toBeNull();
});

test("an allowed origin is named, never all, where credentials are allowed", async () => {
  const { headers } = await call();
  expect(headers.get("access-control-allow-credentials")).toBe("true");
  expect(headers.get("access-control-allow-origin")).toBe(SHOP);
  expect(headers.get("vary")).toContain("origin");
});

test("the cookie that comes in says nothing of who calls", async () => {
  const other = await call({ body: { entries: [viewed()] } });
  expect(other.answer.accepted).toBe(1);
  const { device, cookies, answer } = await call({ headers: { cookie: `${NAME}=${other.device}` } });
  expect(device).not.toBe(other.device);
  expect(answer.entries).toEqual([]);
  expect(cookies[0]).toContain(`${NAME}=${device};`);
  const bare = await call({ body: { device: undefined }, headers: { cookie: `${NAME}=${other.device}` } });
  expect([bare.status, bare.cookies]).toEqual([400, []]);
});
