import { expect, test } from "vitest";
import type { EmailEvent } from "../src/hooks/email-event.ts";
import { emailProviders } from "../src/hooks/email-providers.ts";
import {
  klaviyoEvent,
  MAILGUN_OPENED,
  POSTMARK_BOUNCE,
  POSTMARK_CLICK,
  POSTMARK_DELIVERY,
  POSTMARK_OPEN,
  POSTMARK_SUBSCRIPTION,
  RESEND_EMAIL,
  SENDGRID_BATCH,
} from "./kit/hook-payloads.ts";

function read(provider: string, event: unknown): EmailEvent | undefined {
  return emailProviders.get(provider)!.read(event);
}

/** What is told without what is not: the way that it is recorded. */
function told(event: EmailEvent | undefined) {
  return JSON.parse(JSON.stringify({ ...event, key: undefined })) as Partial<EmailEvent>;
}

test("SendGrid's documented batch is told in Segment's words", () => {
  const kinds = SENDGRID_BATCH.map((event) => [event.event, read("sendgrid", event)?.kind]);
  expect(kinds).toEqual([
    ["processed", undefined],
    ["deferred", undefined],
    ["delivered", "delivered"],
    ["open", "opened"],
    ["click", "clicked"],
    ["bounce", "bounced"],
    ["dropped", undefined],
    ["spamreport", "complained"],
    ["unsubscribe", "unsubscribed"],
    ["group_unsubscribe", "unsubscribed"],
    ["group_resubscribe", undefined],
  ]);
  expect(read("sendgrid", SENDGRID_BATCH[4])?.key).toBe("sg_event_id_click");
  expect(told(read("sendgrid", SENDGRID_BATCH[4]))).toEqual({
    kind: "clicked",
    timestamp: 1513299569000,
    to: "example@test.com",
    properties: { email_id: "sg_message_id", link_url: "http://www.sendgrid.com/" },
  });
});

test("SendGrid's custom arguments, campaigns, machine opens and blocks are read", () => {
  const [open, bounce] = [SENDGRID_BATCH[3]!, SENDGRID_BATCH[5]!];
  const campaign = { marketing_campaign_id: 12345, marketing_campaign_name: "campaign name" };
  expect(told(read("sendgrid", { ...open, ...campaign, customer_id: "ada", sg_machine_open: true }))).toEqual(
    {
      kind: "opened",
      timestamp: 1513299569000,
      to: "example@test.com",
      customer: "ada",
      machine: true,
      properties: { email_id: "sg_message_id", campaign_id: "12345", campaign_name: "campaign name" },
    },
  );
  expect(read("sendgrid", { ...bounce, type: "bounce" })?.properties.bounce_type).toBe("hard");
  expect(read("sendgrid", { ...bounce, type: "blocked" })?.properties.bounce_type).toBe("soft");
});

test("Mailgun's documented event is told in Segment's words", () => {
  expect(told(read("mailgun", MAILGUN_OPENED))).toEqual({
    kind: "opened",
    timestamp: 1521243339874,
    to: "alice@example.com",
    machine: false,
    properties: { email_id: "20130503182626.18666.16540@sample.mailgun.com" },
  });
  expect(read("mailgun", MAILGUN_OPENED)?.key).toBe("Ase7i2zsRYeDXztHGENqRA");
});

test.each([
  ["delivered", {}, "delivered"],
  ["clicked", { url: "http://mailgun.com" }, "clicked"],
  ["complained", {}, "complained"],
  ["unsubscribed", {}, "unsubscribed"],
  ["failed", { severity: "permanent" }, "bounced"],
  ["failed", { severity: "temporary" }, undefined],
  ["accepted", {}, undefined],
])("Mailgun's %s with %j is %s", (event, more, kind) => {
  expect(read("mailgun", { ...MAILGUN_OPENED, event, ...more })?.kind).toBe(kind);
});

test("Mailgun's user variables and bots are read", () => {
  const client = MAILGUN_OPENED["client-info"];
  const event = {
    ...MAILGUN_OPENED,
    "user-variables": { customer_id: 42 },
    "client-info": { ...client, bot: "apple" },
  };
  expect(read("mailgun", event)).toMatchObject({ customer: "42", machine: true });
  expect(read("mailgun", { ...event, "client-info": { ...client, bot: "" } })?.machine).toBe(false);
});

test.each([
  [
    POSTMARK_OPEN,
    {
      kind: "opened",
      timestamp: Date.UTC(2019, 10, 5, 16, 33, 54, 907),
      to: "john@example.com",
      machine: false,
    },
  ],
  [
    POSTMARK_CLICK,
    {
      kind: "clicked",
      timestamp: Date.UTC(2017, 9, 25, 15, 21, 11, 906),
      to: "john@example.com",
      properties: { email_id: POSTMARK_CLICK.MessageID, link_url: "https://example.com" },
    },
  ],
  [POSTMARK_DELIVERY, { kind: "delivered", to: "john@example.com" }],
  [
    POSTMARK_BOUNCE,
    {
      kind: "bounced",
      timestamp: Date.UTC(2014, 7, 1, 17, 28, 10, 273),
      to: "john@example.com",
      properties: {
        email_id: POSTMARK_BOUNCE.MessageID,
        email_subject: "Test subject",
        bounce_type: "hard",
      },
    },
  ],
  [
    { ...POSTMARK_BOUNCE, Type: "SoftBounce" },
    { kind: "bounced", properties: { bounce_type: "soft" } },
  ],
  [{ ...POSTMARK_BOUNCE, Type: "Unsubscribe" }, { kind: "unsubscribed" }],
  [{ ...POSTMARK_BOUNCE, RecordType: "SpamComplaint", Type: "SpamComplaint" }, { kind: "complained" }],
  [
    { ...POSTMARK_SUBSCRIPTION, SuppressionReason: "ManualSuppression", MessageID: null },
    { kind: "unsubscribed", to: "bounced-address@example.com" },
  ],
  [
    { ...POSTMARK_OPEN, UserAgent: "Mozilla/5.0" },
    { kind: "opened", machine: true },
  ],
  [
    { ...POSTMARK_OPEN, Metadata: { customer_id: "ada" } },
    { kind: "opened", customer: "ada" },
  ],
])("Postmark's documented payload %# is told in Segment's words", (event, expected) => {
  expect(read("postmark", event)).toMatchObject(expected);
});

test.each([
  ["a bounce's suppression, which the bounce tells", POSTMARK_SUBSCRIPTION],
  [
    "somebody coming back",
    { ...POSTMARK_SUBSCRIPTION, SuppressSending: false, SuppressionReason: null, MessageID: null },
  ],
  ["an automatic answer", { ...POSTMARK_BOUNCE, Type: "AutoResponder" }],
  ["a message that came in", { RecordType: "Inbound" }],
])("Postmark's %s is nothing to keep", (_what, event) => {
  expect(read("postmark", event)).toBeUndefined();
});

test("Postmark's events are told apart by message, person, instant and link", () => {
  const keys = [
    POSTMARK_OPEN,
    POSTMARK_CLICK,
    { ...POSTMARK_CLICK, OriginalLink: "https://example.com/other" },
    { ...POSTMARK_CLICK, Recipient: "jane@example.com" },
    { ...POSTMARK_CLICK, ReceivedAt: "2017-10-25T15:21:12.9065619Z" },
    { ...POSTMARK_CLICK, MessageID: "another" },
  ].map((event) => read("postmark", event)?.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(read("postmark", { ...POSTMARK_CLICK, Tag: "another" })?.key).toBe(keys[1]);
});

test.each([
  ["email.sent", {}, undefined],
  ["email.delivery_delayed", {}, undefined],
  ["email.failed", { failed: { reason: "reached_daily_quota" } }, undefined],
  ["email.delivered", {}, { kind: "delivered" }],
  ["email.complained", {}, { kind: "complained" }],
  ["email.opened", {}, { kind: "opened", machine: false }],
  ["email.opened", { open: { userAgent: "Mozilla/5.0" } }, { kind: "opened", machine: true }],
  [
    "email.clicked",
    {
      click: {
        ipAddress: "122.115.53.11",
        link: "https://resend.com",
        timestamp: "2024-11-24T05:00:57.163Z",
      },
    },
    { kind: "clicked", properties: { link_url: "https://resend.com" } },
  ],
  [
    "email.bounced",
    { bounce: { message: "…", subType: "Suppressed", type: "Permanent" } },
    { kind: "bounced", properties: { bounce_type: "hard" } },
  ],
  [
    "email.bounced",
    { bounce: { type: "Transient" } },
    { kind: "bounced", properties: { bounce_type: "soft" } },
  ],
  ["email.opened", { tags: { customer_id: "ada" } }, { customer: "ada" }],
  ["email.opened", { tags: [{ name: "customer_id", value: "ada" }] }, { customer: "ada" }],
  ["email.opened", { to: ["a@example.com", "b@example.com"] }, { to: undefined }],
])("Resend's %s with %j is told in Segment's words", (type, more, expected) => {
  const event = {
    id: "msg_1",
    type,
    created_at: "2024-11-22T23:41:12.126Z",
    data: { ...RESEND_EMAIL, ...more },
  };
  const given = read("resend", event);
  if (!expected) expect(given).toBeUndefined();
  else {
    expect(given).toMatchObject(expected);
    expect(given).toMatchObject({ key: "msg_1", timestamp: Date.UTC(2024, 10, 22, 23, 41, 12, 126) });
    expect(given?.properties).toMatchObject({
      email_id: RESEND_EMAIL.email_id,
      email_subject: "Sending this example",
      campaign_id: RESEND_EMAIL.broadcast_id,
    });
  }
});

test.each([
  ["email_delivered", {}, "delivered"],
  ["received_email", {}, "delivered"],
  ["opened_email", {}, "opened"],
  ["clicked_email", { URL: "https://klaviyo.com" }, "clicked"],
  ["bounced_email", { "Bounce Type": "Hard" }, "bounced"],
  ["marked_email_as_spam", {}, "complained"],
  ["unsubscribed_from_email_marketing", {}, "unsubscribed"],
  ["sent_sms", {}, undefined],
])("Klaviyo's topic %s with %j is %s", (topic, properties, kind) => {
  const event = read("klaviyo", klaviyoEvent(topic, properties));
  expect(event?.kind).toBe(kind);
  if (event) {
    expect(event).toMatchObject({
      key: "4L3cwQae2TX",
      timestamp: 1704391525000,
      to: "sarah.mason@klaviyo-demo.com",
      properties: { email_id: "01ABC", email_subject: "Welcome", campaign_name: "Spring" },
    });
  }
});

test("Klaviyo's external id is the shop's customer; machine opens and clicks are marked", () => {
  expect(read("klaviyo", klaviyoEvent("opened_email", {}, { external_id: "ada" }))?.customer).toBe("ada");
  expect(read("klaviyo", klaviyoEvent("opened_email", { machine_open: true }))?.machine).toBe(true);
  expect(read("klaviyo", klaviyoEvent("clicked_email", { bot_click: "True" }))?.machine).toBe(true);
  expect(read("klaviyo", klaviyoEvent("opened_email", { machine_open: false }))?.machine).toBe(false);
});

test("a shop's own provider tells events by Segment's names", () => {
  const event = {
    id: "evt-1",
    event: "Email Link Clicked",
    timestamp: "2026-11-22T08:00:00Z",
    email: "ada@shop.example",
    customer_id: "ada",
    properties: { link_id: "hero", link_url: "https://shop.example/", other: "is not of the spec" },
  };
  expect(told(read("generic", event))).toEqual({
    kind: "clicked",
    timestamp: Date.UTC(2026, 10, 22, 8),
    to: "ada@shop.example",
    customer: "ada",
    properties: { link_id: "hero", link_url: "https://shop.example/" },
  });
  expect(() => read("generic", { ...event, event: "Order Completed" })).toThrow(
    "name of Segment's e-mail spec",
  );
});
