import { membershipChanges, type Transition } from "@murmur/core";
import type { Membership } from "../audience/audience-object.ts";
import type { StandingNews } from "../profile/news.ts";
import type { OutboxStore, Standing, Told } from "./outbox-store.ts";

/** What others may learn of it. */
export interface Publicity {
  /** Whether the shopper allows marketing. */
  marketing: boolean;
  /** Whether the shop has a receiver for webhooks. */
  webhooks: boolean;
}

const NOWHERE: Standing = { version: 0, memberships: [], marketing: false, confirmed: 0 };

/**
 * Writes down what others are to learn: where the profile stands, for its audience shard, and each transition for the shop's
 * receiver. Call it within the transaction that stores the transitions. Says whether there is anything to send.
 *
 * Without a yes to marketing the receiver learns of nothing but ends: what it was told before is taken back, as it is to
 * stop as well, and what else it was not told yet is dropped.
 */
export function publish(
  outbox: OutboxStore,
  news: StandingNews,
  { marketing, webhooks }: Publicity,
): boolean {
  const before = outbox.get("standing") ?? NOWHERE;
  const memberships = membershipsAfter(before.memberships, news);
  const told = before.marketing ? before.memberships.map(({ segment }) => segment) : [];
  if (!marketing && before.marketing) outbox.retract();
  const changes = webhooks ? toTell(told, news, marketing) : [];
  for (const change of changes) outbox.add({ key: crypto.randomUUID(), ...change });
  const isSame =
    before.marketing === marketing && JSON.stringify(before.memberships) === JSON.stringify(memberships);
  // Of who has never been anywhere there is nothing to know.
  if (isSame || (before === NOWHERE && memberships.length === 0)) return changes.length > 0;
  outbox.put("standing", { ...before, version: nextVersion(before), memberships, marketing });
  return true;
}

/** A version after all that were given before, also by this profile's former lives. */
export function nextVersion({ version }: Pick<Told, "version">): number {
  return Math.max(version + 1, Date.now());
}

function membershipsAfter(
  before: readonly Membership[],
  { segments, transitions, now }: StandingNews,
): Membership[] {
  const since = new Map(before.map(({ segment, since }) => [segment, since]));
  for (const { segment, change, at } of transitions)
    if (change === "entered") since.set(segment, at);
    else since.delete(segment);
  return segments.map((segment) => ({ segment, since: since.get(segment) ?? now }));
}

/** The transitions that lead from what the receiver knows to what it may know, by way of each that there was. */
function toTell(
  known: readonly string[],
  { segments, transitions, now }: StandingNews,
  may: boolean,
): Transition[] {
  const told = new Set(known);
  const tell = (transition: Transition): boolean => {
    const enters = transition.change === "entered";
    if (told.has(transition.segment) === enters) return false;
    if (enters) told.add(transition.segment);
    else told.delete(transition.segment);
    return true;
  };
  const happened = may ? transitions.filter(tell) : [];
  return [...happened, ...membershipChanges([...told], may ? segments : [], now)];
}
