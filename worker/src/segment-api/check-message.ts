import { problemMessage, type Entry } from "@murmur/core";
import { placeEntries } from "../profile/place-entries.ts";
import { entryBody, type EntryBody } from "./entry-body.ts";
import { messageSchema, type Message } from "./message-schema.ts";
import type { Refused } from "./refusal.ts";
import { senderOf, type Sender } from "./sender.ts";
import { sha256Hex } from "../wire/sha256-hex.ts";
import { logProblem } from "../wire/log-problem.ts";
import type { WriteKey } from "./write-key.ts";

/** The longest message, in characters of JSON: Segment's own limit. */
export const MAX_MESSAGE = 32_768;

/** What a batch says of each of its messages. */
export interface Batch {
  key: WriteKey;
  /** When it left, by the sender's clock, ms. */
  sentAt: number | undefined;
  /** When it came, ms. */
  receivedAt: number;
}

/** A message that is as it should be. An alias has no entry. */
export interface Checked {
  type: Message["type"];
  sender: Sender;
  entry?: Entry;
}

/** Checks the message at a place of a batch, and places it in time. */
export async function checkMessage(row: unknown, place: number, batch: Batch): Promise<Checked | Refused> {
  if (!isShort(row))
    return {
      reason: "too_large",
      path: "",
      message: `a message may be ${MAX_MESSAGE} characters of JSON at most`,
    };
  const parsed = messageSchema.safeParse(row);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue!.path.join(".");
    return { reason: "invalid", path, message: `${path} ${issue!.message}`.trim() };
  }
  const message = parsed.data;
  const sender = await senderOf(message, batch.key);
  if ("reason" in sender) return sender;
  if (message.type === "alias") return { type: message.type, sender };
  const entry = await placedEntry(message, entryBody(message), sender, { ...batch, place });
  return "reason" in entry ? entry : { type: message.type, sender, entry };
}

async function placedEntry(
  message: Message,
  body: EntryBody,
  sender: Sender,
  { sentAt, receivedAt, place }: Batch & { place: number },
): Promise<Entry | Refused> {
  const said = instantOf(message.timestamp ?? message.originalTimestamp);
  const sent = sentAt ?? instantOf(message.sentAt);
  const candidate: Entry = {
    ...body,
    // Checked before it is hashed: what nests too deep for the log does for that, too.
    id: message.messageId || "derived",
    timestamp: said ?? sent ?? receivedAt,
  };
  const problem = logProblem(candidate);
  if (problem)
    return {
      reason: problem.reason,
      path: problem.path === "id" ? "messageId" : problem.path,
      message: problemMessage(problem),
    };
  // A batch that says only when it was sent may have the same thing twice.
  const instant = said ?? (sentAt === undefined ? sent : [sentAt, place]);
  candidate.id = message.messageId || (await derivedId(body, sender, instant));
  const { entries, rejected } = placeEntries([candidate], sent ?? receivedAt, receivedAt);
  if (entries[0]) return entries[0].entry;
  return { reason: "too_old", path: "timestamp", message: rejected[0]!.message };
}

/**
 * The id of a message that has none: the same for the same thing said of the same person at the same instant, so that a
 * call that is made again counts once. Without an instant nothing tells a repeat from a second time.
 */
async function derivedId(
  body: EntryBody,
  sender: Sender,
  instant: number | readonly number[] | undefined,
): Promise<string> {
  if (instant === undefined) return crypto.randomUUID();
  return (await sha256Hex(JSON.stringify([sender, instant, body]))).slice(0, 32);
}

function instantOf(iso: string | null | undefined): number | undefined {
  // What names no zone is UTC, which is also the worker's.
  return iso ? Date.parse(iso) : undefined;
}

function isShort(row: unknown): boolean {
  try {
    return (JSON.stringify(row) ?? "").length <= MAX_MESSAGE;
  } catch {
    // It nests deeper than the stack.
    return false;
  }
}
