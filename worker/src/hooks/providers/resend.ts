import { z } from "zod";
import { parseBody } from "../../wire/sync-schema.ts";
import { isAppleProxy } from "../apple-proxy.ts";
import type { EmailEventKind } from "../email-event.ts";
import type { EmailProvider } from "../email-provider.ts";
import { CUSTOMER, customerId, isoDate, required, text } from "../fields.ts";
import { standardWebhook } from "../standard-webhook.ts";
import { settingOf } from "../unauthentic.ts";

const KINDS: ReadonlyMap<string, EmailEventKind> = new Map([
  ["email.delivered", "delivered"],
  ["email.opened", "opened"],
  ["email.clicked", "clicked"],
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
]);

/** A message's tags: an object as Resend's examples have it, or the list that its reference has. */
const tags = z
  .union([
    z.object({ [CUSTOMER]: customerId }).transform((given) => given[CUSTOMER]),
    z
      .array(z.object({ name: text, value: customerId }))
      .transform((given) => given.find(({ name }) => name === CUSTOMER)?.value),
  ])
  .optional()
  .catch(undefined);

const schema = z.object({
  id: required,
  type: required,
  created_at: isoDate,
  data: z.object({
    email_id: text,
    to: z.array(z.string()).optional().catch(undefined),
    subject: text,
    broadcast_id: text,
    tags,
    click: z.object({ link: text }).optional().catch(undefined),
    open: z.object({ userAgent: text }).optional().catch(undefined),
    /** `type` is Amazon's: `Permanent`, `Transient` or `Undetermined`. */
    bounce: z.object({ type: text }).optional().catch(undefined),
  }),
});

/** Resend's webhooks, signed by Svix. https://resend.com/docs/webhooks/verify-webhooks-requests */
export const resend: EmailProvider = {
  async open(call) {
    const secret = settingOf(call.env.RESEND_WEBHOOK_SECRET, "RESEND_WEBHOOK_SECRET");
    const id = await standardWebhook(call, "svix", secret);
    const event = parseBody(z.looseObject({}), call.body);
    // The event's id stands in a header alone.
    return { events: [{ ...event, id }] };
  },
  read(event) {
    const { id, type, created_at: timestamp, data } = schema.parse(event);
    const kind = KINDS.get(type);
    // Of a message to several, nobody knows who did it.
    const to = data.to?.length === 1 ? data.to[0] : undefined;
    return (
      kind && {
        kind,
        key: id,
        timestamp,
        to,
        customer: data.tags,
        machine: isAppleProxy(data.open?.userAgent),
        properties: {
          email_id: data.email_id,
          email_subject: data.subject,
          campaign_id: data.broadcast_id,
          link_url: data.click?.link,
          bounce_type: kind === "bounced" ? (data.bounce?.type === "Permanent" ? "hard" : "soft") : undefined,
        },
      }
    );
  },
};
