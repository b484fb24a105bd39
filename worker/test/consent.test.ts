import { describe, expect, onTestFinished, test, vi } from "vitest";
import { event, fetchEdge, newDevice, sync, token, viewed, type Answer } from "./kit/call.ts";
import { holdQueue, letQueueGo } from "./kit/held-queue.ts";
import { profileOf, storedIn } from "./kit/stored.ts";
import { env } from "cloudflare:test";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { hear, isAllowed } from "../src/profile/consent.ts";
import type { DeviceRecord } from "../src/profile/log-store.ts";

const YES = { analytics: true, personalization: true, marketing: true };
const shoes = () => Array.from({ length: 4 }, () => viewed());

function say(
  device: string,
  said: object,
  entries: readonly unknown[] = [],
  more: object = {},
): Promise<Answer> {
  return sync(device, entries, { consent: said, slots: ["hero"], ...more });
}

const ids = (answer: Answer): string[] => answer.entries.map(({ id }) => id);

describe("analytics", () => {
  test("without it nothing is recorded, and nothing is answered", async () => {
    for (const consent of [{ analytics: false }, {}, { personalization: true, marketing: true }]) {
      const device = newDevice();
      const answer = await say(device, consent, [viewed(), viewed()]);
      expect(answer).toMatchObject({ accepted: 0, segments: [], slots: {}, entries: [] });
      expect(answer.rejected.map(({ reason }) => reason)).toEqual(["no_consent", "no_consent"]);
      expect((await say(device, YES)).entries).toEqual([]);
    }
  });

  test("withdrawn, what was recorded is erased, with all that was made of it", async () => {
    letQueueGo();
    onTestFinished(holdQueue);
    const device = newDevice();
    const before = await say(device, YES, [...shoes(), event("Product Added")]);
    expect(before.segments).toContain("running-shoe-intent");
    await say(device, { ...YES, analytics: false });
    const made = /Product|running-shoe-intent|cart/;
    const { rows } = await storedIn(profileOf("device", device));
    expect(rows.filter((row) => made.test(row) && !row.includes('"change":"exited"'))).toEqual([]);
    // Others are told that it has ended; then that is gone as well.
    await vi.waitFor(async () => {
      const { rows, alarm } = await storedIn(profileOf("device", device));
      expect([rows.filter((row) => made.test(row)), alarm]).toEqual([[], null]);
    }, 10_000);
    const again = await say(device, YES);
    expect(again).toMatchObject({ segments: [], entries: [] });
    expect(again.log).not.toBe(before.log);
  });

  test("its no stands also for who does not ask, and for the shop's server", async () => {
    const device = newDevice();
    await say(device, { analytics: false });
    expect((await sync(device, [viewed()])).accepted).toBe(0);
    const delivery = await deliverEntries(env, { device }, [viewed() as never]);
    expect(delivery).toMatchObject({ accepted: 0, rejected: [{ reason: "no_consent" }] });
  });

  test("withdrawn on one of a customer's devices, it takes out what that one has sent", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    await say(phone, YES, shoes(), { identity });
    const kept = viewed();
    await say(laptop, YES, [kept], { identity });
    const ordered = event("Order Completed");
    await deliverEntries(env, { customer }, [ordered as never]);
    await say(phone, { ...YES, analytics: false }, [viewed()]);
    const left = await say(laptop, YES, [], { identity });
    expect(ids(left)).toEqual([kept.id, ordered.id]);
    expect(left.segments).toEqual(["first-time-buyer"]);
    // Nor does what was made of it stay, where it can be looked back on.
    const copy = await fetchEdge("/v1/profile", { headers: { authorization: `Bearer ${identity}` } });
    expect(JSON.stringify((await copy.json<{ transitions: object[] }>()).transitions)).not.toContain("shoe");
    // No device may record any more: the server's entries go, too.
    await say(laptop, { ...YES, analytics: false });
    expect((await storedIn(profileOf("customer", customer))).rows.join()).not.toContain("Order");
    expect(await deliverEntries(env, { customer }, [event("Order Completed") as never])).toMatchObject({
      accepted: 0,
      rejected: [{ reason: "no_consent" }],
    });
  });
});

describe("personalization", () => {
  test("without it the log is kept and nothing is evaluated", async () => {
    const device = newDevice();
    const answer = await say(device, { analytics: true, personalization: false }, shoes());
    expect(answer).toMatchObject({ accepted: 4, segments: [], slots: {} });
    expect(answer.nextChange).toBeUndefined();
    expect((await say(device, { analytics: true })).entries).toHaveLength(4);
    expect((await storedIn(profileOf("device", device))).alarm).toBeNull();
  });

  test("withdrawn, every segment is exited and what was computed goes; given back, the log is read anew", async () => {
    const device = newDevice();
    await say(device, YES, shoes());
    expect((await say(device, { ...YES, personalization: false })).segments).toEqual([]);
    const { rows } = await storedIn(profileOf("device", device));
    expect(rows.filter((row) => row.includes("exited")).join()).toContain("running-shoe-intent");
    expect(rows.join()).not.toContain("snapshot");
    // But for telling others, nothing is due.
    await vi.waitFor(
      async () => expect((await storedIn(profileOf("device", device))).alarm).toBeNull(),
      5_000,
    );
    await say(device, { ...YES, personalization: false }, [event("Product Added")]);
    const back = await say(device, YES);
    expect(back.segments).toContain("running-shoe-intent");
    expect(back.slots["hero"]?.variant).toBe("running");
    expect((await storedIn(profileOf("device", device))).alarm).not.toBeNull();
  });

  test("a no on one of a customer's devices stands for all, until that one takes it back", async () => {
    const [phone, laptop] = [newDevice(), newDevice()];
    const identity = await token(newDevice());
    await say(phone, YES, shoes(), { identity });
    expect((await say(laptop, { ...YES, personalization: false }, [], { identity })).segments).toEqual([]);
    expect((await say(phone, YES)).segments).toEqual([]);
    await say(laptop, YES);
    expect((await say(phone, YES)).segments).toContain("running-shoe-intent");
  });
});

test("personalization that is pending on a page is not allowed there, and changes nothing of what was decided", async () => {
  const device = newDevice();
  await say(device, YES, shoes());
  for (const consent of [{ analytics: true }, { analytics: true, marketing: true }]) {
    const pending = await say(device, consent, [viewed()]);
    expect(pending).toMatchObject({ accepted: 1, segments: [], slots: {} });
    expect(pending.nextChange).toBeUndefined();
  }
  expect((await say(device, YES)).segments).toContain("running-shoe-intent");
  expect((await sync(device, [])).segments).toContain("running-shoe-intent");
});

describe("marketing", () => {
  test("without it a device does not join, whatever its token proves", async () => {
    const [phone, laptop] = [newDevice(), newDevice()];
    const identity = await token(newDevice());
    await say(laptop, YES, shoes(), { identity });
    for (const marketing of [false, undefined]) {
      const apart = await say(phone, { ...YES, marketing }, [event("X")], { identity });
      expect(apart).toMatchObject({ accepted: 1, segments: [] });
    }
    const joined = await say(phone, YES, [], { identity });
    expect(joined.segments).toContain("running-shoe-intent");
  });

  test("what was said on the device before holds for a call that says nothing", async () => {
    const [phone, identity] = [newDevice(), await token(newDevice())];
    await sync(newDevice(), shoes(), { identity });
    await say(phone, { ...YES, marketing: false });
    expect((await sync(phone, [], { identity })).segments).toEqual([]);
  });

  test("withdrawn, the device is its own again, with what it has sent, and may come back", async () => {
    const [phone, laptop] = [newDevice(), newDevice()];
    const identity = await token(newDevice());
    const [mine, theirs] = [viewed(), viewed()];
    await say(laptop, YES, [theirs], { identity });
    await say(phone, YES, [mine], { identity });
    const apart = await say(phone, { ...YES, marketing: false });
    expect(ids(apart)).toEqual([mine.id]);
    expect(ids(await say(laptop, YES, [], { identity }))).toEqual([theirs.id]);
    expect(ids(await say(phone, { ...YES, marketing: false }, [], { identity }))).toEqual([mine.id]);
    expect(ids(await say(phone, YES, [], { identity })).sort()).toEqual([mine.id, theirs.id].sort());
  });
});

describe("what is known of consent", () => {
  test("is the latest word; a yes that was overtaken by a no is passed over", () => {
    const no = hear({ analytics: { granted: true, at: 5 } }, { analytics: false }, 10);
    expect(no).toEqual({ analytics: { granted: false, at: 10 } });
    expect(hear(no, { analytics: true }, 9)).toBe(no);
    expect(hear(no, { analytics: true }, 11)).toEqual({ analytics: { granted: true, at: 11 } });
    expect(hear({ analytics: { granted: true, at: 10 } }, { analytics: false }, 9)).toEqual({
      analytics: { granted: false, at: 9 },
    });
  });

  test("has the instant at which it was decided, and is not undone by who says nothing", () => {
    const known = hear(undefined, { marketing: true }, 5);
    expect(hear(known, { marketing: true }, 9)).toBe(known);
    expect(hear(known, {}, 9)).toBe(known);
    expect(hear(known, { analytics: false }, 9)).toEqual({
      marketing: { granted: true, at: 5 },
      analytics: { granted: false, at: 9 },
    });
    expect(hear(undefined, {}, 9)).toEqual({});
  });

  test("is for the whole profile the strictest of its devices", () => {
    const device = (id: string, granted?: boolean): DeviceRecord => ({
      id,
      state: "joined",
      consent: granted === undefined ? {} : { marketing: { granted, at: 1 } },
    });
    const allowed = (...devices: DeviceRecord[]) => isAllowed(devices, "marketing");
    expect([allowed(), allowed({ id: "a", state: "joined" })]).toEqual([true, true]);
    expect([allowed(device("a")), allowed(device("a"), device("b", true))]).toEqual([false, true]);
    expect(allowed(device("a", true), device("b", false))).toBe(false);
  });

  test.each([{ analytics: "yes" }, { marketing: 1 }, "all", null, []])(
    "is refused when it is %j",
    async (consent) => {
      const body = JSON.stringify({ device: newDevice(), sentAt: Date.now(), consent });
      expect((await fetchEdge("/v1/sync", { method: "POST", body })).status).toBe(400);
    },
  );
});

test("everything withdrawn at once on a device that has joined: nothing of it stays, here or there", async () => {
  const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
  const identity = await token(customer);
  // An earlier no of the device itself must not hide the one that counts.
  await say(phone, { ...YES, analytics: false });
  await say(phone, YES, shoes(), { identity });
  await say(laptop, YES, [], { identity });
  const no = { analytics: false, personalization: false, marketing: false };
  expect(await say(phone, no, [viewed()])).toMatchObject({ accepted: 0, entries: [] });
  for (const stub of [profileOf("customer", customer), profileOf("device", phone)])
    expect((await storedIn(stub)).rows.join()).not.toContain("Product Viewed");
  expect((await say(laptop, YES)).segments).toEqual([]);
});

test("a device that has come home is asked as it was asked last", async () => {
  const [phone, identity] = [newDevice(), await token(newDevice())];
  await say(phone, YES, [viewed()], { identity });
  await say(phone, { analytics: false });
  await say(phone, { marketing: false });
  expect((await sync(phone, [viewed()])).accepted).toBe(0);
});
