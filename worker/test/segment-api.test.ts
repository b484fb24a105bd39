import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { profileStub } from "../src/profile/profile-address.ts";
import { event, newDevice, sync, token, viewed, type Answer } from "./kit/call.ts";
import { gzip, segment } from "./kit/segment-call.ts";

const shoe = { event: "Product Viewed", properties: { category: "running-shoes" } };

/** The customer's profile, as a new device of theirs sees it. */
async function customerSees(userId: string): Promise<Answer> {
  return sync(newDevice(), [], { identity: await token(userId), slots: ["hero"] });
}

describe("a server's calls", () => {
  test("track goes to the customer that it names, and counts like any other event", async () => {
    const userId = `ada-${newDevice()}`;
    for (let at = 0; at < 4; at++) {
      const { status, body } = await segment("track", { userId, ...shoe });
      expect([status, body]).toEqual([200, { success: true }]);
    }
    const seen = await customerSees(userId);
    expect(seen.segments).toContain("running-shoe-intent");
    expect(seen.slots["hero"]?.variant).toBe("running");
    expect(seen.entries.map(({ properties }) => properties)).toContainEqual({ category: "running-shoes" });
  });

  test("track goes to the device that an anonymousId names: the tag's own id, or a UUID", async () => {
    const uuid = crypto.randomUUID();
    const device = uuid.replaceAll("-", "");
    await segment("track", { anonymousId: device, ...shoe });
    await segment("track", { anonymousId: uuid.toUpperCase(), ...shoe });
    await segment("track", { anonymousId: uuid, userId: "", ...shoe });
    await segment("track", { anonymousId: uuid, userId: null, ...shoe });
    expect((await sync(device)).segments).toContain("running-shoe-intent");
  });

  test("a number is an id as well as its text", async () => {
    const userId = Date.now() * 1_000 + 7;
    await segment("track", { userId, ...shoe });
    await segment("track", { userId: String(userId), ...shoe });
    expect((await customerSees(String(userId))).entries).toHaveLength(2);
  });

  test("page is the tag's Page Viewed, and a messageId counts once, however it comes", async () => {
    const userId = newDevice();
    const yesterday = new Date(Date.now() - 30 * 36e5).toISOString();
    await segment("page", { userId, name: "Home", messageId: "p1", timestamp: yesterday });
    await segment("page", { userId, name: "Home", messageId: "p2" });
    await segment("batch", { batch: [{ type: "page", userId, name: "Home", messageId: "p2" }] });
    const seen = await customerSees(userId);
    expect(seen.segments).toContain("returning-visitor");
    expect(seen.entries.map(({ id, name }) => [id, name])).toEqual([
      ["p1", "Page Viewed"],
      ["p2", "Page Viewed"],
    ]);
  });

  test("the same thing twice in a batch that says only when it was sent is two, and the batch again none", async () => {
    const userId = newDevice();
    const one = { type: "track", userId, event: "Email Opened" };
    const body = {
      batch: [one, one, { ...one, messageId: null }, { ...one, messageId: "" }],
      sentAt: new Date(Date.now() - 5_000).toISOString(),
    };
    for (const time of ["once", "again"])
      expect([time, (await segment("batch", body)).body]).toEqual([time, { success: true }]);
    const log = await profileStub(env, { kind: "customer", id: userId }).page(0, 10);
    expect(log).toHaveLength(4);
  });

  test("a message without an id counts once for the same thing at the same instant", async () => {
    const device = newDevice();
    const timestamp = new Date(Date.now() - 5_000).toISOString();
    for (let at = 0; at < 3; at++) await segment("track", { anonymousId: device, timestamp, ...shoe });
    expect((await sync(device)).entries).toHaveLength(1);
    // Another instant, another thing, and what names no instant at all are others.
    await segment("track", { anonymousId: device, timestamp: new Date().toISOString(), ...shoe });
    await segment("track", { anonymousId: device, timestamp, ...shoe, properties: { category: "socks" } });
    await segment("track", { anonymousId: device, ...shoe });
    await segment("track", { anonymousId: device, ...shoe });
    expect((await sync(device)).entries).toHaveLength(5);
  });

  test("a batch goes to as many profiles as it names", async () => {
    const customers = Array.from({ length: 40 }, () => newDevice());
    const batch = customers.flatMap((userId) => [1, 2, 3, 4].map(() => ({ type: "track", userId, ...shoe })));
    expect((await segment("batch", { batch })).body).toEqual({ success: true });
    for (const userId of [customers[0]!, customers[39]!])
      expect((await customerSees(userId)).segments).toContain("running-shoe-intent");
  });

  test("a batch may come as gzip", async () => {
    const device = newDevice();
    const text = JSON.stringify({ batch: [{ type: "track", anonymousId: device, ...shoe }] });
    const answer = await segment("batch", await gzip(text), { headers: { "content-encoding": "gzip" } });
    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    expect((await sync(device)).entries).toHaveLength(1);
  });

  test("an empty batch is no error", async () => {
    expect((await segment("batch", { batch: [] })).body).toEqual({ success: true });
  });
});

describe("the sender's clock", () => {
  test("is set right by sentAt, of the batch or of the message", async () => {
    const device = newDevice();
    const wrong = Date.now() + 5 * 36e5;
    const iso = (instant: number): string => new Date(instant).toISOString();
    const of = { type: "track", anonymousId: device, ...shoe };
    const hourAgo = { timestamp: iso(wrong - 36e5) };
    await segment("batch", { sentAt: iso(wrong), batch: [{ ...of, messageId: "batch", ...hourAgo }] });
    await segment("track", { ...of, messageId: "single", ...hourAgo, sentAt: iso(wrong) });
    // No instant: when it was sent. Both: what the caller said comes before what the library noted.
    await segment("batch", { sentAt: iso(wrong), batch: [{ ...of, messageId: "now" }] });
    await segment("track", {
      ...of,
      messageId: "told",
      ...hourAgo,
      originalTimestamp: iso(wrong),
      sentAt: iso(wrong),
    });
    await segment("track", { ...of, messageId: "imported", timestamp: iso(Date.now() - 864e5) });
    const { entries } = await sync(device);
    const ages = Object.fromEntries(
      entries.map(({ id, timestamp }) => [id, Math.round((Date.now() - timestamp) / 60_000)]),
    );
    expect(ages).toEqual({ batch: 60, single: 60, now: 0, told: 60, imported: 1_440 });
  });
});

describe("who is who", () => {
  test("identify with both ids joins the device to the customer", async () => {
    const [device, userId] = [newDevice(), newDevice()];
    await sync(device, [viewed(), viewed(), viewed()]);
    await segment("identify", { userId, anonymousId: device, traits: { plan: "gold" } });
    await segment("track", { userId, ...shoe });
    expect((await sync(device)).segments).toContain("running-shoe-intent");
    expect((await customerSees(userId)).entries.filter(({ name }) => name)).toHaveLength(4);
  });

  test("alias joins the device that previousId names", async () => {
    const [device, userId] = [newDevice(), newDevice()];
    await sync(device, [viewed(), viewed(), viewed(), viewed()]);
    expect((await segment("alias", { userId, previousId: device })).body).toEqual({ success: true });
    expect((await customerSees(userId)).segments).toContain("running-shoe-intent");
  });

  test("a device that is somebody else's stays theirs", async () => {
    const device = newDevice();
    const [first, second] = [`first-${device}`, `second-${device}`];
    await sync(device, [event("Order Completed")], { identity: await token(first) });
    expect((await segment("alias", { userId: second, previousId: device })).body.code).toBe("device_taken");
    // What is said of the second customer is kept for them.
    await segment("identify", { userId: second, anonymousId: device, traits: { plan: "gold" } });
    expect((await customerSees(second)).segments).not.toContain("first-time-buyer");
    expect((await sync(device)).segments).toContain("first-time-buyer");
  });

  test("a device whose shopper has said no to that is not joined, and their no to recording holds", async () => {
    const [device, quiet, userId] = [newDevice(), newDevice(), newDevice()];
    const analytics = { analytics: true, personalization: true, marketing: false };
    await sync(device, [event("Order Completed")], { consent: analytics });
    await segment("alias", { userId, previousId: device });
    expect((await customerSees(userId)).segments).not.toContain("first-time-buyer");
    await sync(quiet, [], { consent: { ...analytics, analytics: false } });
    const { status, body } = await segment("track", { anonymousId: quiet, ...shoe });
    expect([status, body.errors?.[0]?.message]).toEqual([400, expect.stringContaining("not allowed")]);
  });

  test("an anonymousId that could be guessed leads to a device that cannot be", async () => {
    const anonymousId = `guest-${newDevice()}`;
    for (let at = 0; at < 4; at++) await segment("track", { anonymousId, ...shoe });
    const userId = newDevice();
    await segment("alias", { userId, previousId: anonymousId });
    expect((await customerSees(userId)).segments).toContain("running-shoe-intent");
  });
});
