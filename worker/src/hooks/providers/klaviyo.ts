import { z } from "zod";
import { parseBody } from "../../wire/sync-schema.ts";
import type { EmailEventKind } from "../email-event.ts";
import type { EmailProvider } from "../email-provider.ts";
import { customerId, isoDate, required, seconds, text } from "../fields.ts";
import { fromHex, hmacMatches } from "../hmac.ts";
import { isFresh, settingOf, unauthentic } from "../unauthentic.ts";

/** How old or how far ahead the instant of sending may be, ms. */
const TOLERANCE = 300_000;

/** Klaviyo's own metrics. Of a delivery, its documentation has the one name, and its list of topics the other. */
const KINDS: ReadonlyMap<string, EmailEventKind> = new Map([
  ["event:klaviyo.email_delivered", "delivered"],
  ["event:klaviyo.received_email", "delivered"],
  ["event:klaviyo.opened_email", "opened"],
  ["event:klaviyo.clicked_email", "clicked"],
  ["event:klaviyo.bounced_email", "bounced"],
  ["event:klaviyo.marked_email_as_spam", "complained"],
  ["event:klaviyo.unsubscribed_from_email_marketing", "unsubscribed"],
]);

const envelope = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ klaviyo_webhook_id: z.string() }),
});

const attributes = z
  .object({
    datetime: isoDate.optional(),
    /** Seconds; the same instant. */
    timestamp: seconds.optional(),
    event_properties: z
      .object({
        $message: text,
        Subject: text,
        "Campaign Name": text,
        URL: text,
        "Bounce Type": text,
        "Recipient Email Address": text,
        machine_open: z.unknown().optional(),
        bot_click: z.unknown().optional(),
      })
      .optional()
      .catch(undefined),
  })
  .refine(
    ({ datetime, timestamp }) => datetime !== undefined || timestamp !== undefined,
    "needs its datetime",
  );

const included = z
  .array(
    z.object({
      type: text,
      attributes: z.object({ email: text, external_id: customerId }).optional().catch(undefined),
    }),
  )
  .optional()
  .catch(undefined);

/** `payload` is what Klaviyo's Get Event answers. */
const schema = z.object({
  external_id: required,
  topic: required,
  payload: z.object({ data: z.object({ attributes }), included }),
});

/** Klaviyo's system webhooks: hex HMAC-SHA256 over body and timestamp. https://developers.klaviyo.com/en/docs/working_with_system_webhooks */
export const klaviyo: EmailProvider = {
  async open({ headers, body, env, now }) {
    const secret = settingOf(env.KLAVIYO_WEBHOOK_SECRET, "KLAVIYO_WEBHOOK_SECRET");
    const timestamp = headers.get("klaviyo-timestamp") ?? "";
    const signature = fromHex(headers.get("klaviyo-signature") ?? "");
    if (!signature || !(await hmacMatches(secret, body + timestamp, signature))) throw unauthentic();
    // An HTTP date, such as Thu, 04 Jan 2024 18:05:25 GMT. One that is no date is fresh at no time.
    if (!isFresh(Date.parse(timestamp), now, TOLERANCE)) throw unauthentic();
    const { data, meta } = parseBody(envelope, body);
    if (meta.klaviyo_webhook_id !== headers.get("klaviyo-webhook-id")) throw unauthentic();
    return { events: data };
  },
  read(event) {
    const { external_id: key, topic, payload } = schema.parse(event);
    const kind = KINDS.get(topic);
    const { event_properties: given, datetime, timestamp } = payload.data.attributes;
    const person = payload.included?.find(({ type }) => type === "profile")?.attributes;
    return (
      kind && {
        kind,
        key,
        timestamp: (datetime ?? timestamp)!,
        to: person?.email ?? given?.["Recipient Email Address"],
        customer: person?.external_id,
        machine: isYes(given?.machine_open) || isYes(given?.bot_click),
        properties: {
          email_id: given?.$message,
          email_subject: given?.Subject,
          campaign_name: given?.["Campaign Name"],
          link_url: given?.URL,
          bounce_type:
            kind === "bounced" ? (/^hard/i.test(given?.["Bounce Type"] ?? "") ? "hard" : "soft") : undefined,
        },
      }
    );
  },
};

/** Klaviyo writes a property's truth as the one or the other. */
function isYes(value: unknown): boolean {
  return value === true || value === "True" || value === "true";
}
