import { env, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi, type MockInstance } from "vitest";
import { EMAIL_SENDERS } from "../src/email/email-senders.ts";
import type { Env } from "../src/env.ts";
import { event, sync } from "./kit/call.ts";
import { emailSettings, provider } from "./kit/email-call.ts";
import { effectCalls, leftCart } from "./kit/left-cart.ts";
import { consume } from "./kit/queue-call.ts";

// A journey's e-mail from its profile by the queue's consumer to the provider, which is a local server.

const mailsOf = (stub: DurableObjectStub) => effectCalls(stub, "send");

let buried: MockInstance;

beforeEach(() => {
  // What the queue would bring, the tests bring.
  buried = vi.spyOn(env.DEAD_WEBHOOKS!, "send").mockResolvedValue(undefined as never);
});

afterEach(() => vi.restoreAllMocks());

/** A customer who left a cart two hours ago, and the worker that is to write to them. */
async function abandoner(name: string) {
  const { stub, device } = await leftCart(2.5);
  const mails = await mailsOf(stub);
  expect(mails).toHaveLength(1);
  const settings = { ...env, ...emailSettings(name) } as Env;
  const delivered = async (attempts = 1, more: Partial<Env> = {}) => {
    const settled = await consume(mails, attempts, { ...settings, ...more });
    return { taken: settled.taken.length === 1, again: Object.values(settled.again)[0] };
  };
  return { stub, device, delivered };
}

/** Gives what waits quiet hours, in minutes from the profile's own clock on. */
function keepQuiet(stub: DurableObjectStub, from: number, to: number): Promise<void> {
  const shown = (minutes: number): string =>
    new Date(Date.now() + 2.5 * 36e5 + minutes * 60_000).toISOString().slice(11, 16);
  const quietHours = JSON.stringify({ from: shown(from), to: shown(to), timezone: "UTC" });
  const set = "UPDATE outbox SET effect = json_set(effect, '$.action.quietHours', json(?))";
  return runInDurableObject(stub, (_object, { storage }) => void storage.sql.exec(set, quietHours));
}

test("an e-mail that was held up into quiet hours goes out as they end", async () => {
  const { stub, delivered } = await abandoner("resend");
  await keepQuiet(stub, -60, 120);
  const { taken, again } = await delivered(3);
  expect(taken).toBe(false);
  expect(again).toBeGreaterThan(90 * 60);
  expect(again).toBeLessThanOrEqual(120 * 60);
  expect(await provider.arrived("resend")).toEqual([]);
  await keepQuiet(stub, 120, 180);
  expect(await delivered(4)).toMatchObject({ taken: true });
  expect(await provider.arrived("resend")).toHaveLength(1);
});

describe.for(Object.keys(EMAIL_SENDERS))("by %s", (name) => {
  test("an e-mail is tried again with the same key, later each time, until it is taken, and then never more", async () => {
    const { stub, delivered } = await abandoner(name);
    await provider.plan(name, 429, 500, 401);
    const busy = await delivered(1);
    expect(busy.taken).toBe(false);
    // After as long as the provider says, where it does.
    expect([10, 17]).toContain(busy.again);
    expect(await delivered(2)).toEqual({ taken: false, again: 20 });
    expect(await delivered(3)).toEqual({ taken: false, again: 40 });
    expect(await mailsOf(stub)).not.toEqual([]);
    expect(await delivered(4)).toEqual({ taken: true, again: undefined });
    expect(await mailsOf(stub)).toEqual([]);
    // The queue may bring a message twice.
    expect(await delivered(5)).toEqual({ taken: true, again: undefined });
    const arrived = await provider.arrived(name);
    expect(arrived.map(({ status }) => Math.min(status, 500))).toEqual([429, 500, 401, arrived[3]!.status]);
    expect(arrived[3]!.status).toBeLessThan(300);
    expect(new Set(arrived.map(({ body }) => body)).size).toBe(1);
    const keys = arrived.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0] === undefined).toBe(name !== "resend");
    expect(buried).not.toHaveBeenCalled();
  });

  test("one whose answer was lost is the same message, or says that it is", async () => {
    const { delivered } = await abandoner(name);
    await provider.plan(name, "lost");
    expect(await delivered(1)).toEqual({ taken: false, again: 10 });
    expect(await delivered(2)).toEqual({ taken: true, again: undefined });
    const [first, second] = await provider.arrived(name);
    expect(second!.body).toBe(first!.body);
    const knowsKeys = name === "resend" || name === "klaviyo";
    expect(first!.message === second!.message).toBe(knowsKeys);
    if (!knowsKeys) expect(first!.body).toMatch(/murmur_key.{0,6}[0-9a-f]{32}/);
  });

  test("what is refused goes to the dead-letter queue at once, and is not tried again", async () => {
    const { stub, delivered } = await abandoner(name);
    const calls = await mailsOf(stub);
    await provider.plan(name, 422);
    expect(await delivered(1)).toEqual({ taken: true, again: undefined });
    expect(buried.mock.calls).toEqual(calls.map((call) => [call]));
    expect(await provider.arrived(name)).toHaveLength(1);
    // From there it can be brought again, once its cause is mended: it still waits in its profile.
    expect(await mailsOf(stub)).toEqual(calls);
    expect(await delivered(1)).toEqual({ taken: true, again: undefined });
    expect(await mailsOf(stub)).toEqual([]);
  });

  test("where no dead-letter queue is bound, what is refused comes again until the tries are used up", async () => {
    const { delivered } = await abandoner(name);
    await provider.plan(name, 422);
    const { DEAD_WEBHOOKS: _none, ...unbound } = env;
    const settled = await delivered(1, {
      ...unbound,
      ...emailSettings(name),
      DEAD_WEBHOOKS: undefined as never,
    });
    expect(settled).toEqual({ taken: false, again: 10 });
  });

  test("who has bought in the meantime is not written to", async () => {
    const { device, delivered } = await abandoner(name);
    await provider.plan(name, 500);
    expect(await delivered(1)).toEqual({ taken: false, again: 10 });
    // By the shopper's clock, which is two and a half hours ahead.
    const now = Date.now() + 2.5 * 36e5;
    await sync(device, [event("Order Completed", { total: 99 }, now)], { sentAt: now });
    expect(await delivered(2)).toEqual({ taken: true, again: undefined });
    expect(await provider.arrived(name)).toHaveLength(1);
  });
});

describe("the address of a message that waits", () => {
  const told = (email: unknown) => ({
    type: "identify",
    id: crypto.randomUUID(),
    // By the shopper's clock, which is two and a half hours ahead.
    timestamp: Date.now() + 2.5 * 36e5,
    traits: { email },
  });
  const tell = (device: string, email: unknown) =>
    sync(device, [told(email)], { sentAt: Date.now() + 2.5 * 36e5 });

  test("is the one that the customer has by then: the one before may be somebody else's", async () => {
    const { device, delivered } = await abandoner("resend");
    await provider.plan("resend", 500);
    expect(await delivered(1)).toEqual({ taken: false, again: 10 });
    await tell(device, "ada.mended@shop.example");
    expect(await delivered(2)).toEqual({ taken: true, again: undefined });
    const [first, second] = (await provider.arrived("resend")).map(({ body }) => JSON.parse(body));
    expect([first, second]).toMatchObject([
      { to: [expect.not.stringContaining("mended")] },
      { to: ["ada.mended@shop.example"], subject: first.subject },
    ]);
  });

  test.for([null, "", "no address"])("is none where the customer has %j by then", async (email) => {
    const { stub, device, delivered } = await abandoner("resend");
    await tell(device, email);
    expect(await mailsOf(stub)).toEqual([]);
    expect(await delivered(1)).toEqual({ taken: true, again: undefined });
    expect(await provider.arrived("resend")).toEqual([]);
  });
});
