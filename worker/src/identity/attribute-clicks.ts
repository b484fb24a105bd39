import type { Entry, EventEntry } from "@murmur/core";
import type { Env } from "../env.ts";
import { eventName } from "../hooks/email-event.ts";
import { deliverEntries } from "../profile/deliver-entries.ts";
import { linkOf, type Link } from "./link-token.ts";

const CLICKED = eventName("clicked", false);
/** How many of a call's links are looked at: a page has one in its address. */
const MOST = 10;

/**
 * Records clicks on links of e-mails with their owners, too, whoever has clicked: each once, however often and on however
 * many devices its link is opened. Who sends a click says when it was, and nothing more: all else is what the shop has
 * signed. `shift` is what to add to the entries' instants, ms.
 */
export async function attributeClicks(env: Env, entries: readonly Entry[], shift: number): Promise<void> {
  /** Instants by token. */
  const clicks = new Map<string, number>();
  for (const entry of entries) {
    const token = entry.type === "event" && entry.name === CLICKED && entry.properties?.["link_token"];
    if (typeof token === "string") clicks.set(token, entry.timestamp + shift);
  }
  const some = [...clicks].slice(0, MOST);
  await Promise.all(
    some.map(async ([token, timestamp]) => {
      const link = await linkOf(token, env);
      if (link) await deliverEntries(env, { customer: link.customer }, [click(link, timestamp)]);
    }),
  );
}

function click({ clickId, issuedAt, properties }: Link, timestamp: number): EventEntry {
  return {
    type: "event",
    id: clickId,
    name: CLICKED,
    timestamp: Math.max(timestamp, issuedAt),
    properties: { ...properties } as NonNullable<EventEntry["properties"]>,
  };
}
