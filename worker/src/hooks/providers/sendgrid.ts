import { z } from "zod";
import { parseBody } from "../../wire/sync-schema.ts";
import { rawSignature } from "../der-signature.ts";
import type { EmailEventKind } from "../email-event.ts";
import type { EmailProvider, HookCall } from "../email-provider.ts";
import { CUSTOMER, customerId, flag, required, seconds, text } from "../fields.ts";
import { fromBase64 } from "../hmac.ts";
import { isFresh, settingOf, unauthentic } from "../unauthentic.ts";

/** SendGrid tries for 24 hours to deliver a batch; an hour more for clocks, ms. */
const TOLERANCE = 25 * 3_600_000;

const KINDS: ReadonlyMap<string, EmailEventKind> = new Map([
  ["delivered", "delivered"],
  ["open", "opened"],
  ["click", "clicked"],
  ["bounce", "bounced"],
  ["spamreport", "complained"],
  ["unsubscribe", "unsubscribed"],
  ["group_unsubscribe", "unsubscribed"],
]);

const schema = z.object({
  event: required,
  sg_event_id: required,
  timestamp: seconds,
  email: text,
  sg_message_id: text,
  subject: text,
  marketing_campaign_id: text,
  marketing_campaign_name: text,
  url: text,
  /** Of a bounce: `bounce`, or `blocked` for what may be delivered another time. */
  type: text,
  /** Apple's Mail Privacy Protection, or another prefetch. */
  sg_machine_open: flag,
  /** The custom arguments of a message stand among the event's own members. */
  [CUSTOMER]: customerId,
});

/**
 * SendGrid's signed Event Webhook: ECDSA P-256 with SHA-256 over timestamp and body.
 * https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
 */
export const sendgrid: EmailProvider = {
  async open(call) {
    await check(call);
    return { events: parseBody(z.array(z.unknown()), call.body) };
  },
  read(event) {
    const { event: name, ...given } = schema.parse(event);
    const kind = KINDS.get(name);
    return (
      kind && {
        kind,
        key: given.sg_event_id,
        timestamp: given.timestamp,
        to: given.email,
        customer: given[CUSTOMER],
        machine: given.sg_machine_open,
        properties: {
          email_id: given.sg_message_id,
          email_subject: given.subject,
          campaign_id: given.marketing_campaign_id,
          campaign_name: given.marketing_campaign_name,
          link_url: given.url,
          bounce_type: kind === "bounced" ? (given.type === "blocked" ? "soft" : "hard") : undefined,
        },
      }
    );
  },
};

async function check({ headers, body, env, now }: HookCall): Promise<void> {
  const key = fromBase64(settingOf(env.SENDGRID_WEBHOOK_KEY, "SENDGRID_WEBHOOK_KEY"));
  const timestamp = headers.get("x-twilio-email-event-webhook-timestamp") ?? "";
  const der = fromBase64(headers.get("x-twilio-email-event-webhook-signature") ?? "");
  const signature = der && rawSignature(der);
  if (!key || !signature || !/^\d{1,11}$/.test(timestamp)) throw unauthentic();
  if (!isFresh(Number(timestamp) * 1_000, now, TOLERANCE)) throw unauthentic();
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const imported = await crypto.subtle.importKey("spki", key, curve, false, ["verify"]).catch(() => {
    // The setting is base64, but of no such key.
    throw unauthentic();
  });
  const signed = new TextEncoder().encode(timestamp + body);
  const how = { name: "ECDSA", hash: "SHA-256" };
  if (!(await crypto.subtle.verify(how, imported, signature, signed))) throw unauthentic();
}
