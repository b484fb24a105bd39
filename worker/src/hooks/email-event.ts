import type { EventEntry, Json } from "@murmur/core";
import { sha256Hex } from "../wire/sha256-hex.ts";

/** Names of Segment's e-mail spec. */
const NAMES = {
  delivered: "Email Delivered",
  opened: "Email Opened",
  clicked: "Email Link Clicked",
  bounced: "Email Bounced",
  complained: "Email Marked as Spam",
  unsubscribed: "Unsubscribed",
} as const;

/** By which somebody says that they are not to be written to. */
export const OBJECTIONS: ReadonlySet<string> = new Set([NAMES.unsubscribed, NAMES.complained]);

/** What a machine did is called otherwise, so that whoever counts opens and clicks counts people's. */
const MACHINE_NAMES: Readonly<Partial<Record<EmailEventKind, string>>> = {
  opened: "Email Machine Opened",
  clicked: "Email Machine Link Clicked",
};

export type EmailEventKind = keyof typeof NAMES;

export const EMAIL_EVENT_KINDS = Object.keys(NAMES) as EmailEventKind[];

/** Something that happened to one message, as its provider tells it. */
export interface EmailEvent {
  kind: EmailEventKind;
  /** What makes it this event and no other among all of the provider's: told twice, it is one. */
  key: string;
  /** Milliseconds. */
  timestamp: number;
  /** The address that the message went to. */
  to?: string | undefined;
  /** The customer id that the shop put in the message's metadata. */
  customer?: string | undefined;
  /** Whether no person did it, but a mail service that fetches pictures or links on its own. */
  machine?: boolean | undefined;
  properties: EmailProperties;
}

/** Of Segment's e-mail spec, and what a bounce was. No address, network address or user agent: the log needs none. */
export interface EmailProperties {
  email_id?: string | undefined;
  email_subject?: string | undefined;
  campaign_id?: string | undefined;
  campaign_name?: string | undefined;
  link_id?: string | undefined;
  link_url?: string | undefined;
  bounce_type?: "hard" | "soft" | undefined;
}

/** The name that an event is recorded under. */
export function eventName(kind: EmailEventKind, machine: boolean): string {
  return (machine && MACHINE_NAMES[kind]) || NAMES[kind];
}

/** The entry of an event. Its id comes of the provider's own, so that a webhook that comes again adds nothing. */
export async function emailEntry(provider: string, event: EmailEvent): Promise<EventEntry> {
  const machine = event.machine === true;
  const properties: Record<string, Json> = { provider };
  for (const [name, value] of Object.entries(event.properties))
    if (value !== undefined) properties[name] = value;
  if (machine) properties["machine"] = true;
  return {
    type: "event",
    id: `${provider}:${await sha256Hex(event.key)}`,
    name: eventName(event.kind, machine),
    timestamp: event.timestamp,
    properties,
  };
}
