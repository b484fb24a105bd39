import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import type { JourneyEffect, JourneyRun } from "@murmur/core";
import { describe, expect, test, vi } from "vitest";
import { edgeProgram } from "../src/definition.ts";
import { fold } from "../src/profile/checkpoint.ts";
import { isKept } from "../src/profile/migrations.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";
import { event, fetchEdge, newDevice, post, sync, token } from "./kit/call.ts";
import { segment } from "./kit/segment-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

// What murmur.config.ts has: two hours after a cart was left an e-mail, a day later the ads.

const HOUR = 36e5;
const YES = { consent: { analytics: true, personalization: true, marketing: true } };

function rows(stub: DurableObjectStub, query: string): Promise<string[]> {
  return runInDurableObject(stub, (_object, { storage }) =>
    isKept(storage)
      ? storage.sql
          .exec<{ body: string }>(query)
          .toArray()
          .map(({ body }) => body)
      : [],
  );
}

async function effectsOf(stub: DurableObjectStub): Promise<JourneyEffect[]> {
  const query = "SELECT effect AS body FROM outbox WHERE effect IS NOT NULL ORDER BY n";
  return (await rows(stub, query)).map((body) => JSON.parse(body) as JourneyEffect);
}

async function runsOf(stub: DurableObjectStub): Promise<JourneyRun[]> {
  return (await rows(stub, "SELECT body FROM journey_run")).map((body) => JSON.parse(body) as JourneyRun);
}

const inShort = (effects: readonly JourneyEffect[]): [string, number][] =>
  effects.map(({ action, dueAt }) => [action.kind, dueAt]);

const named = (email = "ada@shop.example") => ({
  type: "identify",
  id: crypto.randomUUID(),
  timestamp: Date.now(),
  traits: { email, firstName: "Ada" },
});

/** A customer who leaves a cart; the instant of the cart. */
async function leaveCart(more: object = {}): Promise<{ customer: string; device: string; at: number }> {
  const [customer, device] = [newDevice(), newDevice()];
  const added = event("Product Added", { name: "Fellrunner 2" });
  await sync(device, [named(), added], { identity: await token(customer), ...YES, ...more });
  return { customer, device, at: added.timestamp };
}

const advance = (device: string, by: number) => post("/v1/dev/clock", { device, advance: by });

describe("cart rescue", () => {
  test("writes at its very instant with nobody there, once, and goes on a day later", async () => {
    const { customer, device, at } = await leaveCart();
    const stub = profileOf("customer", customer);
    await advance(device, 3 * HOUR);
    const [mail] = await effectsOf(stub);
    expect(mail).toMatchObject({
      journey: "cart-rescue",
      run: at + 2 * HOUR,
      dueAt: at + 2 * HOUR,
      action: {
        kind: "send",
        to: "ada@shop.example",
        content: { subject: "Still thinking it over, Ada?", text: expect.stringContaining("Fellrunner 2") },
      },
    });
    expect(mail!.key).toMatch(/^[0-9a-f]{32}$/);
    await advance(device, 30 * HOUR);
    expect(inShort(await effectsOf(stub))).toEqual([
      ["send", at + 2 * HOUR],
      ["webhook", at + 26 * HOUR],
    ]);
    expect(await runsOf(stub)).toEqual([]);
  });

  test("stands in the one alarm, and goes on after an eviction", async () => {
    const { customer, device, at } = await leaveCart();
    const stub = profileOf("customer", customer);
    await advance(device, 2 * HOUR + 60_000);
    const [run] = await runsOf(stub);
    expect(run).toMatchObject({ at: at + 2 * HOUR, wake: at + 26 * HOUR });
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(stub);
      const { alarm } = await storedIn(stub);
      // By the machine's clock, which is two hours and a minute behind the profile's.
      const real = at + 26 * HOUR - 2 * HOUR - 60_000;
      expect(alarm).toBeLessThanOrEqual(real);
    });
    await evictDurableObject(stub);
    await advance(device, 24 * HOUR);
    expect(inShort(await effectsOf(stub))).toEqual([
      ["send", at + 2 * HOUR],
      ["webhook", at + 26 * HOUR],
    ]);
  });

  test("is called off by an order, however late it arrives, and so is what nobody has yet", async () => {
    const { customer, device, at } = await leaveCart();
    const stub = profileOf("customer", customer);
    await advance(device, 30 * HOUR);
    expect(inShort(await effectsOf(stub))).toEqual([
      ["send", at + 2 * HOUR],
      ["webhook", at + 26 * HOUR],
    ]);
    // Of a phone that was offline: ordered an hour before the message was due, it says now.
    const order = (timestamp: number) => event("Order Completed", { total: 99 }, timestamp);
    const call = { identity: await token(customer), sentAt: Date.now() + 30 * HOUR };
    await sync(device, [order(at + HOUR)], call);
    // The run had begun by what was known, and a goal from before it is none.
    expect(await effectsOf(stub)).toHaveLength(2);
    await sync(device, [order(at + 20 * HOUR)], call);
    expect(await effectsOf(stub)).toEqual([]);
  });

  test("ends with the order, and sends nothing more", async () => {
    const { customer, device, at } = await leaveCart();
    await advance(device, 3 * HOUR);
    const call = { identity: await token(customer), sentAt: Date.now() + 3 * HOUR };
    await sync(device, [event("Order Completed", { total: 99 }, at + 2.5 * HOUR)], call);
    const stub = profileOf("customer", customer);
    expect(await runsOf(stub)).toEqual([]);
    await advance(device, 30 * HOUR);
    expect(await effectsOf(stub)).toEqual([]);
  });

  test("does not write to who has unsubscribed, nor to a device's address that nobody has proved", async () => {
    const { customer, device } = await leaveCart();
    await sync(device, [event("Unsubscribed")], { identity: await token(customer) });
    await advance(device, 30 * HOUR);
    expect((await effectsOf(profileOf("customer", customer))).map(({ action }) => action.kind)).toEqual([
      "webhook",
    ]);
    const alone = newDevice();
    await sync(alone, [named(), event("Product Added")], YES);
    await advance(alone, 3 * HOUR);
    expect(await effectsOf(profileOf("device", alone))).toEqual([]);
    expect(await runsOf(profileOf("device", alone))).toHaveLength(1);
  });

  test("takes a message back that nobody has yet, when the person unsubscribes", async () => {
    const { customer, device } = await leaveCart();
    const stub = profileOf("customer", customer);
    await advance(device, 3 * HOUR);
    expect(await effectsOf(stub)).toHaveLength(1);
    await sync(device, [event("Unsubscribed")], { identity: await token(customer) });
    expect(await effectsOf(stub)).toEqual([]);
  });

  test("begins for nobody whose events came in from long ago", async () => {
    const customer = newDevice();
    const old = Date.now() - 10 * 24 * HOUR;
    const messages = [
      { type: "identify", userId: customer, traits: { email: "ada@shop.example" }, timestamp: new Date(old) },
      { type: "track", userId: customer, event: "Product Added", timestamp: new Date(old) },
      { type: "track", userId: customer, event: "Page Viewed" },
    ];
    const batch = messages.map((message) => ({ ...message, messageId: crypto.randomUUID() }));
    expect((await segment("batch", { batch })).status).toBe(200);
    expect(await runsOf(profileOf("customer", customer))).toEqual([]);
    expect(await effectsOf(profileOf("customer", customer))).toEqual([]);
  });
});

test("who had bought by the time that their cart was heard of is not written to", async () => {
  const [customer, device] = [newDevice(), newDevice()];
  const at = Date.now() - 5 * HOUR;
  // Of a phone that was offline: left a cart, and ordered three hours later; it tells both at once.
  const told = [event("Product Added", {}, at), event("Order Completed", { total: 99 }, at + 3 * HOUR)];
  await sync(device, [{ ...named(), timestamp: at }, ...told], { identity: await token(customer), ...YES });
  const stub = profileOf("customer", customer);
  expect([await effectsOf(stub), await runsOf(stub)]).toEqual([[], []]);
});

describe("consent", () => {
  test("without a yes to marketing none begins, and a later yes does not make up for it", async () => {
    const consent = { analytics: true, personalization: true };
    const { device, customer } = await leaveCart({ consent });
    await advance(device, 3 * HOUR);
    for (const stub of [profileOf("device", device), profileOf("customer", customer)])
      expect([await effectsOf(stub), await runsOf(stub)]).toEqual([[], []]);
    await sync(device, [], YES);
    await advance(device, HOUR);
    expect(await runsOf(profileOf("device", device))).toEqual([]);
  });

  test("a no ends what runs, and nothing of it is sent", async () => {
    const { device, customer } = await leaveCart();
    const stub = profileOf("customer", customer);
    await advance(device, 3 * HOUR);
    expect([(await effectsOf(stub)).length, (await runsOf(stub)).length]).toEqual([1, 1]);
    await sync(device, [], {
      identity: await token(customer),
      consent: { analytics: true, personalization: true, marketing: false },
    });
    expect([await effectsOf(stub), await runsOf(stub)]).toEqual([[], []]);
  });

  test("an erasure leaves nothing of a journey, and no alarm", async () => {
    const { device, customer } = await leaveCart();
    const stub = profileOf("customer", customer);
    await advance(device, 3 * HOUR);
    const headers = { authorization: `Bearer ${await token(customer)}` };
    const answer = await fetchEdge("/v1/profile", { method: "DELETE", headers });
    expect(answer.status).toBeLessThan(300);
    expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
  });
});

describe("joining", () => {
  test("a device's run goes on with the customer, by the keys that it had", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    const added = event("Product Added");
    await sync(device, [added], YES);
    await advance(device, 3 * HOUR);
    const [run] = await runsOf(profileOf("device", device));
    // The customer's clock is by an hour behind the device's: what it did is not done again.
    await sync(device, [named()], { identity: await token(customer), ...YES });
    const stub = profileOf("customer", customer);
    expect(await runsOf(stub)).toEqual([run]);
    expect(run!.owner).toBe(`device:${device}`);
    await advance(device, 30 * HOUR);
    expect(inShort(await effectsOf(stub))).toEqual([["webhook", added.timestamp + 26 * HOUR]]);
    expect(await runsOf(stub)).toEqual([]);
  });

  test("a device's run ends with the customer, who has bought since", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    const added = event("Product Added");
    await sync(phone, [added], YES);
    await advance(phone, 3 * HOUR);
    expect(await runsOf(profileOf("device", phone))).toHaveLength(1);
    await sync(laptop, [named()], { identity, ...YES });
    await advance(laptop, 3 * HOUR);
    const order = event("Order Completed", { total: 99 }, added.timestamp + 2.5 * HOUR);
    await sync(laptop, [order], { identity, sentAt: Date.now() + 3 * HOUR });
    await sync(phone, [], { identity, ...YES });
    const stub = profileOf("customer", customer);
    expect([await effectsOf(stub), await runsOf(stub)]).toEqual([[], []]);
  });

  test("a customer's run ends with the order of a device that brings a folded log along", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    const day = 24 * HOUR;
    await sync(phone, [event("Page Viewed", {}, Date.now() - 390 * day)], YES);
    const own = profileOf("device", phone);
    await runInDurableObject(own, (_object, { storage }) =>
      fold(edgeProgram, sqliteLogStore(storage), Date.now() + 20 * day),
    );
    await evictDurableObject(own);
    const added = event("Product Added");
    await sync(laptop, [named(), added], { identity, ...YES });
    for (const device of [phone, laptop]) await advance(device, 3 * HOUR);
    const stub = profileOf("customer", customer);
    expect(await runsOf(stub)).toHaveLength(1);
    const order = event("Order Completed", { total: 99 }, added.timestamp + 2.5 * HOUR);
    await sync(phone, [order], { sentAt: Date.now() + 3 * HOUR });
    await sync(phone, [], { identity, ...YES });
    expect((await storedIn(stub)).rows.join()).toContain('"name":"checkpoint"');
    expect([await effectsOf(stub), await runsOf(stub)]).toEqual([[], []]);
  });

  test("undone, what began on the device ends with it, and begins nowhere anew", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    await sync(device, [event("Product Added")], YES);
    await advance(device, 3 * HOUR);
    const identity = await token(customer);
    await sync(device, [named()], { identity, ...YES });
    const stub = profileOf("customer", customer);
    expect(await runsOf(stub)).toHaveLength(1);
    const removed = await fetchEdge(`/v1/profile/devices/${device}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${identity}` },
    });
    expect(removed.status).toBeLessThan(300);
    expect([await runsOf(stub), await rows(stub, "SELECT body FROM journey_version")]).toEqual([[], []]);
    expect(await runsOf(profileOf("device", device))).toEqual([]);
  });
});
