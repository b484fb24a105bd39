import { z } from "zod";
import { parseBody } from "../../wire/sync-schema.ts";
import { EMAIL_EVENT_KINDS, eventName, type EmailEventKind } from "../email-event.ts";
import type { EmailProvider } from "../email-provider.ts";
import { CUSTOMER, customerId, flag, isoDate, required, text } from "../fields.ts";
import { standardWebhook } from "../standard-webhook.ts";
import { settingOf } from "../unauthentic.ts";

const KINDS: ReadonlyMap<string, EmailEventKind> = new Map(
  EMAIL_EVENT_KINDS.map((kind) => [eventName(kind, false), kind]),
);

const envelope = z.object({ events: z.array(z.unknown()) });

const schema = z.object({
  id: required,
  event: z.string().refine((name) => KINDS.has(name), "must be a name of Segment's e-mail spec"),
  timestamp: isoDate,
  email: text,
  [CUSTOMER]: customerId,
  machine: flag,
  properties: z
    .object({
      email_id: text,
      email_subject: text,
      campaign_id: text,
      campaign_name: text,
      link_id: text,
      link_url: text,
      bounce_type: z.enum(["hard", "soft"]).optional().catch(undefined),
    })
    .optional(),
});

/** Any other provider, by a few lines of the shop's own that sign as Standard Webhooks has it. https://www.standardwebhooks.com */
export const generic: EmailProvider = {
  async open(call) {
    const secret = settingOf(call.env.GENERIC_WEBHOOK_SECRET, "GENERIC_WEBHOOK_SECRET");
    await standardWebhook(call, "webhook", secret);
    return { events: parseBody(envelope, call.body).events };
  },
  read(event) {
    const { id, event: name, timestamp, email, machine, properties = {}, ...rest } = schema.parse(event);
    const kind = KINDS.get(name);
    return kind && { kind, key: id, timestamp, to: email, customer: rest[CUSTOMER], machine, properties };
  },
};
