import { env } from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { EmailEvent } from "../src/hooks/email-event.ts";
import { ses } from "../src/hooks/providers/ses.ts";
import { usedTokens } from "../src/hooks/used-tokens.ts";
import { SES } from "./kit/hook-payloads.ts";
import { SETTINGS } from "./kit/hook-signers.ts";
import { amazon, signedSns } from "./kit/sns-signer.ts";

afterEach(() => vi.restoreAllMocks());

/** What an SES record is told as, each of its recipients apart. */
async function readSes(record: unknown): Promise<(EmailEvent | undefined)[]> {
  amazon();
  const Message = typeof record === "string" ? record : JSON.stringify(record);
  const body = JSON.stringify(await signedSns({ Message }));
  const call = {
    headers: new Headers(),
    body,
    env: { ...env, ...SETTINGS },
    tokens: usedTokens(env),
    now: 0,
  };
  const { events } = await ses.open(call);
  return events.map((event) => ses.read(event));
}

describe("Amazon SES's documented record", () => {
  const { messageId } = SES.open.mail;

  test.each([
    ["delivery", { kind: "delivered", timestamp: Date.UTC(2016, 9, 19, 23, 21, 4, 133) }],
    ["open", { kind: "opened", timestamp: Date.UTC(2017, 7, 9, 22, 0, 19, 652), machine: false }],
    ["click", { kind: "clicked", properties: { link_url: SES.click.click.link } }],
    ["bounce", { kind: "bounced", properties: { bounce_type: "hard" } }],
    ["complaint", { kind: "complained" }],
  ] as const)("of a %s is told in Segment's words", async (name, expected) => {
    const [event, ...others] = await readSes(SES[name]);
    expect(others).toEqual([]);
    expect(event).toMatchObject(expected);
    expect(event).toMatchObject({
      to: "recipient@example.com",
      properties: { email_id: messageId, email_subject: "Message sent from Amazon SES" },
    });
  });

  test.each(["send", "reject", "failure", "delay"] as const)("of a %s is nothing to keep", async (name) => {
    expect(await readSes(SES[name])).toEqual([undefined]);
  });

  test("without event publishing has another name for its type", async () => {
    const { eventType, ...bounce } = SES.bounce;
    expect((await readSes({ ...bounce, notificationType: eventType }))[0]?.kind).toBe("bounced");
  });

  test("of several recipients is told for each who is named, and of nobody where none is", async () => {
    const two = ["a@example.com", "b@example.com"];
    const delivery = { ...SES.delivery, delivery: { ...SES.delivery.delivery, recipients: two } };
    const told = await readSes(delivery);
    expect(told.map((event) => event?.to)).toEqual(two);
    expect(new Set(told.map((event) => event?.key)).size).toBe(2);
    const open = { ...SES.open, mail: { ...SES.open.mail, destination: two } };
    expect((await readSes(open)).map((event) => event?.to)).toEqual([undefined]);
  });

  test("has the customer's id in a tag, and Apple's proxy in the user agent", async () => {
    const mail = { ...SES.open.mail, tags: { customer_id: ["ada"] } };
    const open = { ...SES.open.open, userAgent: "Mozilla/5.0" };
    expect((await readSes({ ...SES.open, mail, open }))[0]).toMatchObject({ customer: "ada", machine: true });
  });

  test("of a subscription is an unsubscription when all is unsubscribed from", async () => {
    const subscription = (unsubscribeAll: boolean) => ({
      eventType: "Subscription",
      mail: SES.open.mail,
      subscription: {
        contactList: "ContactListName",
        timestamp: "2022-01-12T01:00:17.910Z",
        source: "UnsubscribeHeader",
        newTopicPreferences: {
          unsubscribeAll,
          topicSubscriptionStatus: [{ topicName: "ExampleTopicName", subscriptionStatus: "OptOut" }],
        },
      },
    });
    expect((await readSes(subscription(true)))[0]?.kind).toBe("unsubscribed");
    expect(await readSes(subscription(false))).toEqual([undefined]);
  });

  test("that is malformed is refused, and plain words, as when a topic is found, are passed over", async () => {
    await expect(readSes({ eventType: "Open" })).rejects.toThrow("mail");
    await expect(readSes({ ...SES.open, open: { timestamp: "soon" } })).rejects.toThrow("timestamp");
    expect(await readSes("Successfully validated SNS topic for Amazon SES event publishing.")).toEqual([]);
  });
});
