import type { Entry } from "@murmur/core";
import { ZodError } from "zod";
import type { Env } from "../env.ts";
import { emailHash } from "../identity/email-hash.ts";
import { emailOwner } from "../identity/email-owner.ts";
import { countRejected } from "../ops/count.ts";
import { deliverEntries, type EntryOwner } from "../profile/deliver-entries.ts";
import { checkEntries, type Rejection } from "../wire/check-entries.ts";
import { Problem } from "../wire/problem.ts";
import { emailEntry, type EmailEvent } from "./email-event.ts";
import type { EmailProvider } from "./email-provider.ts";

/** What became of a call's events. */
export interface HookAnswer {
  accepted: number;
  duplicates: number;
  /** Of a kind that is not kept: processed, deferred, resubscribed. */
  ignored: number;
  /** About nobody that is known here. */
  unknown: number;
  rejected: (Omit<Rejection, "id" | "reason"> & { reason: string; index?: number })[];
}

/** How many profiles are asked at once: a worker may hold no more than some connections open. */
const AT_ONCE = 50;

interface Parcel {
  owner: EntryOwner;
  entries: Entry[];
}

/**
 * Brings each event to the profile of the person it is about. A bad one does not spoil the others. Throws when a profile
 * could not take its part for now; the provider sends the call again, and what was taken counts once.
 */
export async function takeEvents(
  env: Env,
  name: string,
  provider: EmailProvider,
  events: readonly unknown[],
): Promise<HookAnswer> {
  const answer: HookAnswer = { accepted: 0, duplicates: 0, ignored: 0, unknown: 0, rejected: [] };
  const read = readAll(provider, events, answer);
  const owners = await ownersOf(env, read);
  const parcels = new Map<string, Parcel>();
  for (const event of read) {
    const owner = owners.get(event);
    if (!owner) answer.unknown++;
    else addTo(parcels, owner, await emailEntry(name, event));
  }
  await inWaves([...parcels.values()], async ({ owner, entries }) => {
    const checked = checkEntries(entries);
    const delivery = await deliverEntries(env, owner, checked.entries).catch(askAgain);
    answer.accepted += delivery.accepted;
    answer.duplicates += delivery.duplicates;
    countRejected(checked.rejected);
    for (const { reason, message } of [...checked.rejected, ...delivery.rejected])
      answer.rejected.push({ reason, message });
  });
  return answer;
}

/** A device that sends too much is no fault of the call's, and SNS takes 429 for an answer: it sends again what fails with 5xx. */
function askAgain(error: unknown): never {
  if (error instanceof Problem && error.code === "rate_limited")
    throw new Problem("internal", "Send it again: a device takes no more for now.");
  throw error;
}

function readAll(provider: EmailProvider, events: readonly unknown[], answer: HookAnswer): EmailEvent[] {
  const read: EmailEvent[] = [];
  events.forEach((event, index) => {
    try {
      const told = provider.read(event);
      if (told) read.push(told);
      else answer.ignored++;
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      const { path, message } = error.issues[0]!;
      countRejected([{ reason: "invalid" }]);
      answer.rejected.push({ index, reason: "invalid", message: `${path.join(".")}: ${message}` });
    }
  });
  return read;
}

/** Whose each event is: the customer's that the shop named in it, else of the profile that claimed the address. */
async function ownersOf(env: Env, events: readonly EmailEvent[]): Promise<Map<EmailEvent, EntryOwner>> {
  const owners = new Map<EmailEvent, EntryOwner>();
  const byHash = new Map<string, EmailEvent[]>();
  for (const event of events) {
    const hash = event.customer === undefined ? await emailHash(event.to) : undefined;
    if (event.customer !== undefined) owners.set(event, { customer: event.customer });
    if (hash !== undefined) byHash.set(hash, [...(byHash.get(hash) ?? []), event]);
  }
  await inWaves([...byHash], async ([hash, its]) => {
    const owner = await emailOwner(env, hash).owner();
    if (!owner) return;
    for (const event of its)
      owners.set(event, owner.kind === "customer" ? { customer: owner.id } : { device: owner.id });
  });
  return owners;
}

function addTo(parcels: Map<string, Parcel>, owner: EntryOwner, entry: Entry): void {
  const name = JSON.stringify(owner);
  const parcel = parcels.get(name);
  if (parcel) parcel.entries.push(entry);
  else parcels.set(name, { owner, entries: [entry] });
}

/** All are seen to their end before one that failed fails the call: none keeps others' events from them. */
async function inWaves<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    for (const one of await Promise.allSettled(items.slice(at, at + AT_ONCE).map(work)))
      if (one.status === "rejected") failures.push(one.reason);
  if (failures.length > 0) throw failures[0];
}
