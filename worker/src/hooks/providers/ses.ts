import { z } from "zod";
import { Problem } from "../../wire/problem.ts";
import { parseBody } from "../../wire/sync-schema.ts";
import { isAppleProxy } from "../apple-proxy.ts";
import type { EmailEvent, EmailEventKind } from "../email-event.ts";
import type { EmailProvider } from "../email-provider.ts";
import { CUSTOMER, customerId, isoDate, required, text } from "../fields.ts";
import { checkSns, snsSchema, snsUrl, type SnsMessage } from "../sns-message.ts";
import { settingOf, unauthentic } from "../unauthentic.ts";

/** Most recipients of a message at SES. */
const MAX_RECIPIENTS = 50;

const recipients = z.array(z.object({ emailAddress: z.string() })).max(MAX_RECIPIENTS);

const told = z.object({ timestamp: isoDate });

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
const schema = z.object({
  eventType: text,
  /** Its name without event publishing. */
  notificationType: text,
  mail: z.object({
    messageId: required,
    destination: z.array(z.string()).max(MAX_RECIPIENTS),
    commonHeaders: z.object({ subject: text }).optional().catch(undefined),
    /** A message's tags, each a list of values. */
    tags: z
      .object({ [CUSTOMER]: z.array(customerId) })
      .optional()
      .catch(undefined),
  }),
  delivery: told.extend({ recipients: z.array(z.string()).max(MAX_RECIPIENTS) }).optional(),
  open: told.extend({ userAgent: text }).optional(),
  click: told.extend({ link: text }).optional(),
  bounce: told.extend({ bounceType: text, bouncedRecipients: recipients }).optional(),
  complaint: told.extend({ complainedRecipients: recipients }).optional(),
  subscription: told
    .extend({ newTopicPreferences: z.object({ unsubscribeAll: z.boolean().optional() }).optional() })
    .optional(),
});

type Given = z.infer<typeof schema>;

/** A record of SES, about one of the message's recipients. */
const recordSchema = z.object({ record: z.unknown(), recipient: z.string().optional() });

/** Amazon SES's events by way of SNS, without raw message delivery: only the whole message is signed. */
export const ses: EmailProvider = {
  async open({ body, env }) {
    const topics = settingOf(env.SES_TOPIC_ARNS, "SES_TOPIC_ARNS");
    const message = parseBody(snsSchema, body);
    // Anybody may have a topic of their own, whose messages SNS signs as well.
    if (!topics.split(",").some((topic) => topic.trim() === message.TopicArn)) throw unauthentic();
    await checkSns(message);
    if (message.Type === "SubscriptionConfirmation") await confirm(message);
    if (message.Type !== "Notification") return { events: [] };
    return { events: recordsOf(message.Message) };
  },
  read(event) {
    const { record, recipient } = recordSchema.parse(event);
    const given = schema.parse(record);
    const happened = whatHappened(given);
    if (!happened) return undefined;
    const { kind, timestamp, ...more } = happened;
    const { messageId, commonHeaders, tags } = given.mail;
    return {
      kind,
      // SES gives its events no id, and SNS may send one twice under two of its own.
      key: JSON.stringify([kind, messageId, recipient, timestamp, more.link_url]),
      timestamp,
      to: recipient,
      customer: tags?.[CUSTOMER][0],
      machine: kind === "opened" && isAppleProxy(given.open?.userAgent),
      properties: { email_id: messageId, email_subject: commonHeaders?.subject, ...more },
    };
  },
};

type Happened = EmailEvent["properties"] & { kind: EmailEventKind; timestamp: number };

function whatHappened(given: Given): Happened | undefined {
  const { delivery, open, click, bounce, complaint, subscription } = given;
  switch (given.eventType ?? given.notificationType) {
    case "Delivery":
      return delivery && { kind: "delivered", timestamp: delivery.timestamp };
    case "Open":
      return open && { kind: "opened", timestamp: open.timestamp };
    case "Click":
      return click && { kind: "clicked", timestamp: click.timestamp, link_url: click.link };
    case "Bounce":
      return (
        bounce && {
          kind: "bounced",
          timestamp: bounce.timestamp,
          bounce_type: bounce.bounceType === "Permanent" ? "hard" : "soft",
        }
      );
    case "Complaint":
      return complaint && { kind: "complained", timestamp: complaint.timestamp };
    case "Subscription":
      return subscription?.newTopicPreferences?.unsubscribeAll
        ? { kind: "unsubscribed", timestamp: subscription.timestamp }
        : undefined;
    default:
      return undefined;
  }
}

/** What a message tells: a record for each recipient that it is about. */
function recordsOf(message: string): readonly unknown[] {
  let record: unknown;
  try {
    record = JSON.parse(message);
  } catch {
    // In plain words SES says that it has found the topic, and nothing else.
    return [];
  }
  const read = schema.safeParse(record);
  // What is malformed is told by `read`.
  if (!read.success) return [{ record }];
  const { delivery, bounce, complaint, mail } = read.data;
  const named =
    delivery?.recipients ??
    (bounce?.bouncedRecipients ?? complaint?.complainedRecipients)?.map(({ emailAddress }) => emailAddress);
  if (named) return named.map((recipient) => ({ record, recipient }));
  // Of a message to several, nobody knows who opened it.
  return [{ record, recipient: mail.destination.length === 1 ? mail.destination[0] : undefined }];
}

/** Confirms the subscription to a topic, as the topic's owner asked for. */
async function confirm(message: SnsMessage): Promise<void> {
  const url = snsUrl(message.SubscribeURL ?? "");
  if (url?.searchParams.get("Action") !== "ConfirmSubscription") throw unauthentic();
  const response = await fetch(url, { redirect: "manual" });
  if (!response.ok) throw new Problem("internal", "SNS did not take the confirmation: send it again.");
}
