import { z } from "zod";
import { sameSecret } from "../../wire/same-secret.ts";
import { parseBody } from "../../wire/sync-schema.ts";
import { isAppleProxy } from "../apple-proxy.ts";
import type { EmailEvent, EmailEventKind } from "../email-event.ts";
import type { EmailProvider } from "../email-provider.ts";
import { CUSTOMER, isoDate, metadata, required, text } from "../fields.ts";
import { settingOf, unauthentic } from "../unauthentic.ts";

const common = {
  MessageID: required,
  Recipient: text,
  Email: text,
  Subject: text,
  Metadata: metadata,
};

/** By RecordType. https://postmarkapp.com/developer/webhooks/webhooks-overview */
const SCHEMAS = {
  Delivery: z.object({ ...common, DeliveredAt: isoDate }),
  Open: z.object({ ...common, ReceivedAt: isoDate, UserAgent: text }),
  Click: z.object({ ...common, ReceivedAt: isoDate, OriginalLink: text }),
  Bounce: z.object({ ...common, BouncedAt: isoDate, Type: text }),
  SpamComplaint: z.object({ ...common, BouncedAt: isoDate }),
  SubscriptionChange: z.object({
    ...common,
    // A suppression that a person sets by hand is of no message.
    MessageID: text.nullable(),
    ChangedAt: isoDate,
    SuppressSending: z.boolean(),
    SuppressionReason: text.nullable(),
  }),
};

const recordType = z.object({ RecordType: required });

/** What Postmark calls a bounce, and is none. https://postmarkapp.com/developer/api/bounce-api */
const NO_BOUNCES: ReadonlySet<string> = new Set([
  "Unsubscribe",
  "Subscribe",
  "AutoResponder",
  "AddressChange",
  "ChallengeVerification",
]);

const HARD: ReadonlySet<string> = new Set(["HardBounce", "BadEmailAddress", "ManuallyDeactivated"]);

/** Postmark's webhooks: not signed, but called with the user name and password that the webhook's address is given. */
export const postmark: EmailProvider = {
  async open({ headers, body, env }) {
    const login = settingOf(env.POSTMARK_WEBHOOK_LOGIN, "POSTMARK_WEBHOOK_LOGIN");
    const given = headers.get("authorization") ?? "";
    if (!(await sameSecret(given, basic(login)))) throw unauthentic();
    return { events: [parseBody(z.unknown(), body)] };
  },
  read(event) {
    switch (recordType.parse(event).RecordType) {
      case "Delivery": {
        const given = SCHEMAS.Delivery.parse(event);
        return told("delivered", given, given.DeliveredAt);
      }
      case "Open": {
        const given = SCHEMAS.Open.parse(event);
        return { ...told("opened", given, given.ReceivedAt), machine: isAppleProxy(given.UserAgent) };
      }
      case "Click": {
        const given = SCHEMAS.Click.parse(event);
        return told("clicked", given, given.ReceivedAt, { link_url: given.OriginalLink });
      }
      case "Bounce": {
        const given = SCHEMAS.Bounce.parse(event);
        const type = given.Type ?? "";
        if (type === "Unsubscribe") return told("unsubscribed", given, given.BouncedAt);
        if (NO_BOUNCES.has(type)) return undefined;
        return told("bounced", given, given.BouncedAt, { bounce_type: HARD.has(type) ? "hard" : "soft" });
      }
      case "SpamComplaint": {
        const given = SCHEMAS.SpamComplaint.parse(event);
        return told("complained", given, given.BouncedAt);
      }
      case "SubscriptionChange": {
        const given = SCHEMAS.SubscriptionChange.parse(event);
        // Bounces and complaints are told as what they are.
        const leaves = given.SuppressSending && given.SuppressionReason === "ManualSuppression";
        return leaves ? told("unsubscribed", given, given.ChangedAt) : undefined;
      }
      default:
        return undefined;
    }
  },
};

/** The `Authorization` that a user name and password make (RFC 7617, in UTF-8). */
function basic(login: string): string {
  return `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(login)))}`;
}

interface Told {
  MessageID?: string | null | undefined;
  Recipient?: string | undefined;
  Email?: string | undefined;
  Subject?: string | undefined;
  Metadata?: { [CUSTOMER]?: string | undefined } | undefined;
}

/** Postmark gives its events no id: message, recipient, instant and link make one. */
function told(
  kind: EmailEventKind,
  given: Told,
  timestamp: number,
  more: EmailEvent["properties"] = {},
): EmailEvent {
  const to = given.Recipient ?? given.Email;
  return {
    kind,
    key: JSON.stringify([kind, given.MessageID, to, timestamp, more.link_url]),
    timestamp,
    to,
    customer: given.Metadata?.[CUSTOMER],
    properties: { email_id: given.MessageID ?? undefined, email_subject: given.Subject, ...more },
  };
}
