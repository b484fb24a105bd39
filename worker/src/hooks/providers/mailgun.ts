import { z } from "zod";
import { Problem } from "../../wire/problem.ts";
import { parseBody } from "../../wire/sync-schema.ts";
import type { EmailEventKind } from "../email-event.ts";
import type { EmailProvider } from "../email-provider.ts";
import { CUSTOMER, metadata, required, seconds, text } from "../fields.ts";
import { fromHex, hmacMatches } from "../hmac.ts";
import { isFresh, settingOf, unauthentic } from "../unauthentic.ts";

/** Mailgun tries for 8 hours to deliver a call; within this a token is remembered, ms. */
const TOLERANCE = 12 * 3_600_000;

const KINDS: ReadonlyMap<string, EmailEventKind> = new Map([
  ["delivered", "delivered"],
  ["opened", "opened"],
  ["clicked", "clicked"],
  ["failed", "bounced"],
  ["complained", "complained"],
  ["unsubscribed", "unsubscribed"],
]);

const envelope = z.object({
  signature: z.object({
    timestamp: z.string().regex(/^\d{1,11}$/),
    token: z.string().min(1).max(100),
    signature: z.string().max(64),
  }),
  "event-data": z.unknown(),
});

const schema = z.object({
  event: required,
  id: required,
  timestamp: seconds,
  recipient: text,
  /** Of a failure: `permanent`, or `temporary`, after which Mailgun tries again. */
  severity: text,
  url: text,
  message: z
    .object({ headers: z.object({ "message-id": text, subject: text }) })
    .optional()
    .catch(undefined),
  /** `bot` names the machine that it was; empty for a person. */
  "client-info": z.object({ bot: text }).optional().catch(undefined),
  campaigns: z
    .array(z.object({ id: text, name: text }))
    .optional()
    .catch(undefined),
  "user-variables": metadata,
});

/**
 * Mailgun's webhooks: hex HMAC-SHA256 over timestamp and token. The body is not signed, so a token serves one body, once.
 * https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks
 */
export const mailgun: EmailProvider = {
  async open({ body, env, tokens, now }) {
    const key = settingOf(env.MAILGUN_WEBHOOK_KEY, "MAILGUN_WEBHOOK_KEY");
    const { signature: given, "event-data": event } = parseBody(envelope, body);
    const signature = fromHex(given.signature);
    if (!signature || !(await hmacMatches(key, given.timestamp + given.token, signature)))
      throw unauthentic();
    const signedAt = Number(given.timestamp) * 1_000;
    if (!isFresh(signedAt, now, TOLERANCE)) throw unauthentic();
    if (!(await tokens.take(given.token, body, signedAt + TOLERANCE)))
      throw new Problem("hook_replayed", "Nothing is to be done: this call's events have been taken.");
    return { events: [event], settled: () => tokens.useUp(given.token) };
  },
  read(event) {
    const given = schema.parse(event);
    const kind = KINDS.get(given.event);
    if (!kind || (kind === "bounced" && given.severity !== "permanent")) return undefined;
    const headers = given.message?.headers;
    const campaign = given.campaigns?.[0];
    return {
      kind,
      key: given.id,
      timestamp: given.timestamp,
      to: given.recipient,
      customer: given["user-variables"]?.[CUSTOMER],
      machine: Boolean(given["client-info"]?.bot),
      properties: {
        email_id: headers?.["message-id"],
        email_subject: headers?.subject,
        campaign_id: campaign?.id,
        campaign_name: campaign?.name,
        link_url: given.url,
        bounce_type: kind === "bounced" ? "hard" : undefined,
      },
    };
  },
};
