import { env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deployed } from "../src/definition.ts";
import type { Env } from "../src/env.ts";
import { standardWebhook } from "../src/hooks/standard-webhook.ts";
import { fetchEdge } from "./kit/call.ts";
import { effectCalls, leftCart } from "./kit/left-cart.ts";
import { consume } from "./kit/queue-call.ts";

// The webhook of the shop's journey, `ads-audience`, a day after its e-mail.

const HOUR = 36e5;
const ADS = "https://ads.example/hook";

/** What has arrived, and what it is answered. */
let arrived: { url: string; headers: Headers; body: string }[];
let status: number;

beforeEach(() => {
  [arrived, status] = [[], 204];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    arrived.push({ url: request.url, headers: request.headers, body: await request.text() });
    return new Response(null, { status });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function due() {
  const cart = await leftCart(30);
  const calls = await effectCalls(cart.stub, "webhook");
  expect(calls).toHaveLength(1);
  const deliver = (receivers: object | undefined, attempts = 1) =>
    consume(calls, attempts, {
      ...env,
      ...(receivers && { WEBHOOK_RECEIVERS: JSON.stringify(receivers) }),
    } as Env);
  return { ...cart, calls, key: calls[0]!.key, deliver };
}

describe("a journey's webhook", () => {
  test("goes to the receiver of its name, signed, and says who is where on which journey", async () => {
    const { customer, at, key, stub, deliver } = await due();
    const settled = await deliver({ "ads-audience": ADS, another: "https://another.example/" });
    expect(settled).toEqual({ taken: ["0"], again: {} });
    const [{ url, headers, body }] = arrived as [(typeof arrived)[0]];
    expect([url, headers.get("idempotency-key")]).toEqual([ADS, key]);
    expect(JSON.parse(body)).toEqual({
      type: "journey",
      messageId: key,
      userId: customer,
      timestamp: new Date(at + 26 * HOUR).toISOString(),
      receiver: "ads-audience",
      journey: "cart-rescue",
      began: new Date(at + 2 * HOUR).toISOString(),
      step: expect.any(String),
      data: {},
    });
    const call = { headers, body, now: Date.now() } as Parameters<typeof standardWebhook>[0];
    expect(await standardWebhook(call, "webhook", env.WEBHOOK_SECRET!)).toBe(key);
    expect(await effectCalls(stub, "webhook")).toEqual([]);
    expect(await deliver({ "ads-audience": ADS })).toEqual({ taken: ["0"], again: {} });
    expect(arrived).toHaveLength(1);
  });

  test("whose receiver nobody has named waits for it, and for one that refuses it as well", async () => {
    const { stub, deliver } = await due();
    for (const receivers of [undefined, {}, { "Ads-Audience": ADS }, { constructor: ADS }])
      expect(await deliver(receivers)).toEqual({ taken: [], again: { 0: 10 } });
    expect(arrived).toEqual([]);
    for (status of [400, 404, 422, 500])
      expect(await deliver({ "ads-audience": ADS }, 2)).toEqual({ taken: [], again: { 0: 20 } });
    status = 200;
    expect((await deliver({ "ads-audience": ADS }, 3)).taken).toEqual(["0"]);
    expect(new Set(arrived.map(({ headers }) => headers.get("idempotency-key"))).size).toBe(1);
    expect(await effectCalls(stub, "webhook")).toEqual([]);
  });

  test("goes to the definition's receiver, of the day on which it is sent, unless the settings name one", async () => {
    const { calls, deliver } = await due();
    const { definition } = deployed;
    const authorization = `Bearer ${env.ADMIN_TOKEN}`;
    const put = (address: string) =>
      fetchEdge("/v1/admin/definition", {
        method: "PUT",
        headers: { authorization },
        body: JSON.stringify({ definition: { ...definition, webhooks: { "ads-audience": address } } }),
      });
    try {
      expect((await put("https://first.example/")).status).toBe(200);
      status = 503;
      await deliver(undefined);
      expect((await put("https://second.example/")).status).toBe(200);
      await deliver({ another: ADS });
      // As wrangler.toml has what is not set.
      await consume(calls, 1, { ...env, WEBHOOK_RECEIVERS: "" } as Env);
      await deliver({ "ads-audience": ADS });
      expect(arrived.map(({ url }) => url)).toEqual([
        "https://first.example/",
        "https://second.example/",
        "https://second.example/",
        ADS,
      ]);
    } finally {
      await fetchEdge("/v1/admin/definition", { method: "DELETE", headers: { authorization } });
    }
  });
});
