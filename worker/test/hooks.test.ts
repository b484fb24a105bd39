import { env } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { emailHash } from "../src/identity/email-hash.ts";
import { emailOwner } from "../src/identity/email-owner.ts";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { event, newDevice } from "./kit/call.ts";
import { customer, mails, names, NOTHING, OPENS, recently, recentSeconds } from "./kit/hook-opens.ts";
import { MAILGUN_OPENED, RESEND_EMAIL, SENDGRID_BATCH } from "./kit/hook-payloads.ts";
import {
  callHook,
  mailgunBody,
  SETTINGS,
  signedHook,
  signGeneric,
  signResend,
  signSendgrid,
} from "./kit/hook-signers.ts";

beforeEach(() => vi.restoreAllMocks());

describe.each(Object.entries(OPENS))("an open that %s tells", (provider, open) => {
  test("comes to the customer whose id the shop put in the message, once however often it is told", async () => {
    const { id } = await customer();
    expect((await open({ id })).body).toEqual({ ...NOTHING, accepted: 1 });
    expect((await open({ id })).body).toEqual({ ...NOTHING, duplicates: 1 });
    const log = await mails({ kind: "customer", id });
    expect(names(log)).toEqual(["Email Opened"]);
    expect(log[0]?.properties).toMatchObject({ provider });
    // Neither whom it went to, nor from where it was opened.
    expect(JSON.stringify(log)).not.toMatch(
      /example@test|alice@|john@|sarah|recipient@|Mozilla|\d+\.\d+\.\d+\.\d+/,
    );
  });

  test("comes to the customer whose address it went to, where the message does not say", async () => {
    const { id, email } = await customer();
    expect((await open({ email })).body).toEqual({ ...NOTHING, accepted: 1 });
    expect(names(await mails({ kind: "customer", id }))).toEqual(["Email Opened"]);
  });

  test("of a stranger is counted as one, and kept nowhere", async () => {
    expect((await open({ email: `${crypto.randomUUID()}@shop.example` })).body).toEqual({
      ...NOTHING,
      unknown: 1,
    });
  });
});

test("an open that Resend tells comes once, by the id of its call", async () => {
  const { id, email } = await customer();
  const body = JSON.stringify({
    type: "email.opened",
    created_at: recently(),
    data: { ...RESEND_EMAIL, to: [email] },
  });
  const headers = await signResend(body);
  expect((await callHook("resend", body, headers)).body).toEqual({ ...NOTHING, accepted: 1 });
  expect((await callHook("resend", body, headers)).body).toEqual({ ...NOTHING, duplicates: 1 });
  expect((await callHook("resend", body, await signResend(body))).body.accepted).toBe(1);
  expect(names(await mails({ kind: "customer", id }))).toEqual(["Email Opened", "Email Opened"]);
});

describe("a batch of SendGrid's", () => {
  test("is told in Segment's words, what is not kept passed over", async () => {
    const { id, email } = await customer();
    const batch = SENDGRID_BATCH.map((event) => ({
      ...event,
      email,
      timestamp: recentSeconds(),
      sg_event_id: crypto.randomUUID(),
    }));
    const { body } = await signedHook("sendgrid", signSendgrid, batch);
    expect(body).toEqual({ ...NOTHING, accepted: 7, ignored: 4 });
    expect(names(await mails({ kind: "customer", id })).toSorted()).toEqual(
      [
        "Email Delivered",
        "Email Opened",
        "Email Link Clicked",
        "Email Bounced",
        "Email Marked as Spam",
        "Unsubscribed",
        "Unsubscribed",
      ].toSorted(),
    );
  });

  test("of two thousand events of many people reaches each of them", async () => {
    const ids = Array.from({ length: 40 }, () => crypto.randomUUID());
    const batch = Array.from({ length: 2_000 }, (_event, at) => ({
      ...SENDGRID_BATCH[3],
      timestamp: recentSeconds(),
      sg_event_id: `${ids[0]}-${at}`,
      customer_id: ids[at % ids.length],
    }));
    const { body } = await signedHook("sendgrid", signSendgrid, batch);
    expect(body).toEqual({ ...NOTHING, accepted: 2_000 });
    for (const id of ids) expect(await mails({ kind: "customer", id })).toHaveLength(50);
  });

  test("keeps the good ones among bad ones, and says what is wrong with these", async () => {
    const { id } = await customer();
    const good = { ...SENDGRID_BATCH[3], timestamp: recentSeconds(), customer_id: id };
    const { body, status } = await signedHook("sendgrid", signSendgrid, [
      null,
      { ...good, sg_event_id: undefined },
      { ...good, sg_event_id: crypto.randomUUID() },
      { ...good, timestamp: "yesterday" },
      { ...good, timestamp: 1e300 },
      [],
      { ...good, sg_event_id: crypto.randomUUID(), timestamp: 1_000 },
      { ...good, sg_event_id: crypto.randomUUID() },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ accepted: 2, duplicates: 0, ignored: 0, unknown: 0 });
    expect(body.rejected.map(({ index, reason }) => [index, reason])).toEqual([
      [0, "invalid"],
      [1, "invalid"],
      [3, "invalid"],
      [4, "invalid"],
      [5, "invalid"],
      [undefined, "too_old"],
    ]);
    expect(body.rejected[1]?.message).toContain("sg_event_id");
  });

  test("from the future is set to the instant at which it came", async () => {
    const { id } = await customer();
    const event = { ...SENDGRID_BATCH[3], timestamp: recentSeconds() + 86_400, customer_id: id };
    await signedHook("sendgrid", signSendgrid, [event]);
    expect((await mails({ kind: "customer", id }))[0]?.timestamp).toBeLessThanOrEqual(Date.now());
  });
});

test("a machine's open is marked, and no open to who counts opens", async () => {
  const { id } = await customer();
  const event = { ...SENDGRID_BATCH[3], timestamp: recentSeconds(), customer_id: id, sg_machine_open: true };
  await signedHook("sendgrid", signSendgrid, [event]);
  const [entry] = await mails({ kind: "customer", id });
  expect(entry).toMatchObject({ name: "Email Machine Opened", properties: { machine: true } });
});

test("a call of Mailgun's whose events could not be delivered may come again", async () => {
  const { id } = await customer();
  const event = { ...MAILGUN_OPENED, timestamp: recentSeconds(), "user-variables": { customer_id: id } };
  const body = await mailgunBody(event);
  const broken = {
    idFromName: () => {
      throw new Error("the profile is gone for now");
    },
  } as unknown as DurableObjectNamespace;
  vi.spyOn(console, "error").mockImplementation(() => {});
  expect((await callHook("mailgun", body, {}, { ...SETTINGS, PROFILE: broken })).status).toBe(500);
  expect((await callHook("mailgun", body)).body).toEqual({ ...NOTHING, accepted: 1 });
  expect((await callHook("mailgun", body)).status).toBe(406);
});

test("a device that has sent too much keeps no events from others, and the call is to come again", async () => {
  const device = newDevice();
  const email = `${device}@shop.example`;
  await emailOwner(env, (await emailHash(email))!).claim({ kind: "device", id: device });
  await deliverEntries(env, { device }, Array.from({ length: 1_200 }, () => event("X")) as never);
  const told = { event: "Email Opened", timestamp: recently() };
  const customers = Array.from({ length: 60 }, () => crypto.randomUUID());
  const events = [
    { ...told, id: device, email },
    ...customers.map((id) => ({ ...told, id, customer_id: id })),
  ];
  const { status, body } = await signedHook("generic", signGeneric, { events });
  // Of 429, SNS would not send it again.
  expect([status, body.code]).toEqual([500, "internal"]);
  for (const id of customers) expect(await mails({ kind: "customer", id })).toHaveLength(1);
});
