import type { Json } from "@murmur/core";
import type { Message } from "./message-schema.ts";

/** A message that says something of somebody. An alias only says who is who. */
export type Telling = Exclude<Message, { type: "alias" }>;

type Members = { [key: string]: Json };

/** What a message is as an entry of a log, but for its id and instant. */
export type EntryBody =
  { type: "event"; name: string; properties: Members } | { type: "identify"; traits: Members };

/** The body of a message's entry, in the names that the tag uses for the same. */
export function entryBody(message: Telling): EntryBody {
  switch (message.type) {
    case "track":
      return { type: "event", name: message.event, properties: members(message.properties) };
    case "page":
      return { type: "event", name: "Page Viewed", properties: viewed(message) };
    case "screen":
      return { type: "event", name: "Screen Viewed", properties: viewed(message) };
    case "identify":
      return { type: "identify", traits: members(message.traits) };
    case "group":
      // Segment's own trait for what a person belongs to: https://segment.com/docs/connections/spec/identify/#traits
      return {
        type: "identify",
        traits: { company: { ...members(message.traits), id: message.groupId } },
      };
  }
}

function viewed({ properties, name, category }: Extract<Telling, { type: "page" | "screen" }>): Members {
  return { ...members(properties), ...(name && { name }), ...(category && { category }) };
}

/** It came as JSON, so that is what it holds. */
function members(value: Record<string, unknown> | null | undefined): Members {
  return (value ?? {}) as Members;
}
