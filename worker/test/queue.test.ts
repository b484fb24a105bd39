import { env, evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { standardWebhook } from "../src/hooks/standard-webhook.ts";
import type { AudienceEvent } from "../src/webhooks/audience-event.ts";
import wrangler from "../../wrangler.toml?raw";
import { event, fetchEdge, newDevice, post, sync, token, viewed } from "./kit/call.ts";
import { holdQueue, letQueueGo } from "./kit/held-queue.ts";
import { callsOf, consume } from "./kit/queue-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

const SHOES = "running-shoe-intent";
const shoes = () => Array.from({ length: 4 }, () => viewed());
const MAX_RETRIES = Number(/max_retries = (\d+)/.exec(wrangler)![1]);

interface Arrived {
  headers: Headers;
  body: string;
  event: AudienceEvent;
}

/** The shop's receiver: what has arrived, and what it answers. */
let arrived: Arrived[];
let answer: () => Response;

beforeEach(() => {
  arrived = [];
  answer = () => new Response(null, { status: 204 });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const request = new Request(url, init);
    const body = await request.text();
    arrived.push({ headers: request.headers, body, event: JSON.parse(body) as AudienceEvent });
    return answer();
  });
});

afterEach(() => vi.unstubAllGlobals());

const from = (id: string): Arrived[] =>
  arrived.filter(({ event: { userId, anonymousId } }) => id === userId || id === anonymousId);
const keysOf = (list: readonly Arrived[]): (string | null)[] =>
  list.map(({ headers }) => headers.get("idempotency-key"));
const events = (list: readonly Arrived[]): [string, unknown][] =>
  list.map(({ event: { event, properties } }) => [event, properties.audience_key]);

const down = () => new Response("down", { status: 503 });

describe("a transition", () => {
  beforeEach(letQueueGo);
  afterEach(holdQueue);

  test("arrives at the shop's receiver through the queue, as Segment's audiences tell it", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    const entries = shoes();
    await sync(device, entries, { identity: await token(customer) });
    await vi.waitFor(() => expect(from(customer)).toHaveLength(1), 10_000);
    const [{ headers, body, event: told }] = from(customer) as [Arrived];
    const key = headers.get("idempotency-key")!;
    expect(told).toEqual({
      type: "track",
      event: "Audience Entered",
      messageId: key,
      userId: customer,
      timestamp: new Date(entries.at(-1)!.timestamp).toISOString(),
      properties: { audience_key: SHOES, [SHOES]: true },
    });
    expect(headers.get("content-type")).toBe("application/json");
    const call = { headers, body, now: Date.now() } as Parameters<typeof standardWebhook>[0];
    expect(await standardWebhook(call, "webhook", env.WEBHOOK_SECRET!)).toBe(key);
    await expect(
      standardWebhook({ ...call, body: `${body} ` }, "webhook", env.WEBHOOK_SECRET!),
    ).rejects.toThrow();
    await vi.waitFor(async () => expect(await callsOf(profileOf("customer", customer))).toEqual([]), 5_000);
  });

  test("that time alone brings is told with nobody there, and its end as well", async () => {
    const device = newDevice();
    await sync(device, [event("Product Added")]);
    await post("/v1/dev/clock", { device, advance: 3 * 36e5 });
    await post("/v1/dev/clock", { device, advance: 8 * 864e5 });
    await vi.waitFor(() => expect(from(device)).toHaveLength(2), 10_000);
    expect(events(from(device)).sort()).toEqual([
      ["Audience Entered", "cart-abandoner"],
      ["Audience Exited", "cart-abandoner"],
    ]);
    expect(
      from(device)
        .map(({ event }) => event.properties["cart-abandoner"])
        .sort(),
    ).toEqual([false, true]);
  });

  test("is told although the profile has left memory before it could", async () => {
    answer = down;
    const device = newDevice();
    await sync(device, shoes());
    const stub = profileOf("device", device);
    await evictDurableObject(stub);
    answer = () => new Response(null, { status: 204 });
    await consume(await callsOf(stub));
    await evictDurableObject(stub);
    expect(events(from(device)).at(-1)).toEqual(["Audience Entered", SHOES]);
    expect(await callsOf(stub)).toEqual([]);
  });

  test("is told once when the alarm that sends it is delivered twice", async () => {
    const device = newDevice();
    await sync(device, shoes());
    const stub = profileOf("device", device);
    for (let time = 1; time <= 3; time++) await runDurableObjectAlarm(stub);
    await vi.waitFor(() => expect(from(device)).toHaveLength(1), 10_000);
    await runDurableObjectAlarm(stub);
    await runDurableObjectAlarm(stub);
    await vi.waitFor(async () => expect(await callsOf(stub)).toEqual([]), 5_000);
    expect(new Set(keysOf(from(device))).size).toBe(1);
  });
});

describe("while the receiver fails", () => {
  test("for an hour, each webhook is tried with its own key, and arrives once when it heals", async () => {
    answer = down;
    const device = newDevice();
    await sync(device, [...shoes(), event("Order Completed")]);
    const stub = profileOf("device", device);
    const calls = await callsOf(stub);
    expect(calls).toHaveLength(2);
    let [attempts, passed] = [0, 0];
    while (passed < 3_600) {
      const { taken, again } = await consume(calls, ++attempts);
      expect([taken, Object.keys(again)]).toEqual([[], ["0", "1"]]);
      passed += again["0"]!;
    }
    expect(attempts).toBeLessThan(MAX_RETRIES);
    expect(new Set(keysOf(from(device)))).toEqual(new Set(calls.map(({ key }) => key)));
    expect(new Set(from(device).map(({ body }) => body)).size).toBe(2);
    answer = () => new Response("thanks", { status: 200 });
    const failed = from(device).length;
    expect((await consume(calls, ++attempts)).taken).toEqual(["0", "1"]);
    // A queue delivers at least once.
    for (let time = 1; time <= 3; time++) expect((await consume(calls, attempts)).taken).toEqual(["0", "1"]);
    const received = from(device).slice(failed);
    expect(keysOf(received).sort()).toEqual(calls.map(({ key }) => key).sort());
    expect(await callsOf(stub)).toEqual([]);
  });

  test("most of a day passes before the dead-letter queue has it", async () => {
    answer = down;
    const device = newDevice();
    await sync(device, shoes());
    const calls = await callsOf(profileOf("device", device));
    let passed = 0;
    for (let attempts = 1; attempts <= MAX_RETRIES; attempts++)
      passed += (await consume(calls, attempts)).again["0"]!;
    expect(passed).toBeGreaterThan(12 * 3_600);
    expect(passed).toBeLessThan(4 * 86_400);
    expect(wrangler).toMatch(/dead_letter_queue = "murmur-webhooks-dead"/);
    // Taken from there, it is the same one.
    answer = () => new Response(null, { status: 202 });
    expect((await consume(calls, 1, env, "murmur-webhooks-dead")).taken).toEqual(["0"]);
    expect(new Set(keysOf(from(device)))).toEqual(new Set([calls[0]!.key]));
  });

  test.each<[string, () => Response]>([
    ["an error of its own", () => new Response("", { status: 500 })],
    ["a refusal", () => new Response("", { status: 400 })],
    ["another address", () => Response.redirect("https://elsewhere.example/", 307)],
    [
      "nothing, as the connection breaks",
      () => {
        throw new TypeError("Network connection lost");
      },
    ],
  ])("by answering with %s, it comes again", async (_what, failing) => {
    answer = failing;
    const device = newDevice();
    await sync(device, shoes());
    const settled = await consume(await callsOf(profileOf("device", device)));
    expect(settled).toEqual({ taken: [], again: { 0: 10 } });
  });

  test.each([
    ["120", 120],
    ["1", 10],
    ["999999", 43_200],
    ["-5", 10],
    ["tomorrow", 10],
  ])("it may say when to come back: Retry-After %s", async (said, delaySeconds) => {
    answer = () => new Response("", { status: 429, headers: { "retry-after": said } });
    const device = newDevice();
    await sync(device, shoes());
    const { again } = await consume(await callsOf(profileOf("device", device)));
    expect(again).toEqual({ 0: delaySeconds });
  });

  test("one webhook does not hold up another, nor does a message that is none", async () => {
    answer = down;
    const [sick, well] = [newDevice(), newDevice()];
    await sync(sick, shoes());
    await sync(well, shoes());
    const [[one], [other]] = [
      await callsOf(profileOf("device", sick)),
      await callsOf(profileOf("device", well)),
    ];
    answer = () =>
      arrived.at(-1)!.event.anonymousId === sick ? down() : new Response(null, { status: 204 });
    const { taken, again } = await consume([one, other, { profile: "x", key: "y" }, null]);
    expect([taken, Object.keys(again)]).toEqual([["1"], ["0", "2", "3"]]);
  });
});

describe("nothing is sent", () => {
  test("unsigned: without a good secret the receiver is not called", async () => {
    answer = down;
    const device = newDevice();
    await sync(device, shoes());
    const calls = await callsOf(profileOf("device", device));
    for (const WEBHOOK_SECRET of ["", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%"]) {
      arrived = [];
      const { taken } = await consume(calls, 1, { ...env, WEBHOOK_SECRET });
      expect([taken, from(device)]).toEqual([[], []]);
    }
  });

  test("of who has not allowed marketing", async () => {
    const device = newDevice();
    const consent = { analytics: true, personalization: true };
    await sync(device, shoes(), { consent });
    expect(await callsOf(profileOf("device", device))).toEqual([]);
    await sync(device, [event("Order Completed")], { consent: { ...consent, marketing: false } });
    expect(await callsOf(profileOf("device", device))).toEqual([]);
  });

  test("of a membership after marketing was withdrawn, but its end, for the receiver to stop as well", async () => {
    answer = down;
    const device = newDevice();
    const consent = { analytics: true, personalization: true, marketing: true };
    await sync(device, shoes(), { consent });
    const stub = profileOf("device", device);
    const before = await callsOf(stub);
    await sync(device, [event("Order Completed")], { consent: { ...consent, marketing: false } });
    answer = () => new Response(null, { status: 204 });
    arrived = [];
    expect((await consume(before)).taken).toEqual(["0"]);
    expect(from(device)).toEqual([]);
    await consume(await callsOf(stub));
    expect(new Set(events(from(device)).map(String))).toEqual(new Set([`Audience Exited,${SHOES}`]));
  });

  test("of who was erased, and nothing of them is in the outbox, nor in what the queue carries", async () => {
    answer = down;
    const [device, customer] = [newDevice(), newDevice()];
    const identity = await token(customer);
    await sync(device, shoes(), { identity });
    const stub = profileOf("customer", customer);
    const calls = await callsOf(stub);
    expect(calls).toHaveLength(1);
    expect(JSON.stringify(calls)).not.toMatch(new RegExp(`${customer}|${device}|${SHOES}`));
    await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization: `Bearer ${identity}` } });
    expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
    answer = () => new Response(null, { status: 204 });
    arrived = [];
    expect((await consume(calls)).taken).toEqual(["0"]);
    expect(arrived).toEqual([]);
    expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
  });
});
