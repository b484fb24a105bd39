import type { AudienceShard } from "../audience/audience-object.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { backOff } from "./back-off.ts";
import type { OutboxStore } from "./outbox-store.ts";

/** Where a profile's news go. */
export interface Destinations {
  /** The shard that counts the profile, and the profile's name in it. */
  audience: (address: ProfileAddress) => Promise<{ shard: AudienceShard; member: string }>;
  /** Hands webhooks to the queue, by their keys: what it says of a person stays in the profile. */
  queue: (keys: readonly string[]) => Promise<void>;
}

/** How many webhooks the queue takes at a time. */
const BATCH = 100;
/** The first wait after a failure, ms. */
const FIRST_WAIT = 1_000;
/** How long a webhook is waited for, ms: no queue keeps a message for longer. */
const KEPT = 14 * 864e5;

/** When there is something to send, ms by the machine's clock, of which it is `now`; none when there is not. */
export function flushDue(outbox: OutboxStore, now: number): number | undefined {
  const standing = outbox.get("standing");
  const isPending = (standing && standing.version !== standing.confirmed) || outbox.waiting(1).length > 0;
  // Whose it is shows at the next call.
  if (!isPending || !outbox.get("address")) return undefined;
  return outbox.get("retry")?.at ?? now;
}

/**
 * Sends what waits, at `now`, ms by the machine's clock. What fails is tried again later, and may arrive twice: the shard
 * goes by the version, the receiver by the key.
 */
export async function flush(outbox: OutboxStore, destinations: Destinations, now: number): Promise<void> {
  const address = outbox.get("address");
  if (!address) return;
  // Neither waits for the other where one fails.
  const sent = await Promise.allSettled([
    confirmStanding(outbox, address, destinations),
    handOver(outbox, destinations, now),
  ]);
  if (sent.some(({ status }) => status === "rejected")) {
    const failures = (outbox.get("retry")?.failures ?? 0) + 1;
    outbox.put("retry", { failures, at: now + backOff(failures, FIRST_WAIT) });
    return;
  }
  if (outbox.get("retry")) outbox.drop("retry");
  outbox.removeQueuedBefore(now - KEPT);
}

async function confirmStanding(
  outbox: OutboxStore,
  address: ProfileAddress,
  { audience }: Destinations,
): Promise<void> {
  for (;;) {
    const sent = outbox.get("standing");
    if (!sent || sent.version === sent.confirmed) return;
    const { version, memberships, marketing } = sent;
    const { shard, member } = await audience(address);
    const against = await shard.put(member, { address, version, memberships, marketing });
    const present = outbox.get("standing");
    // Changed, or gone, while it was on its way.
    if (!present || present.version !== version) continue;
    // What the shard holds from a former life of this profile is overtaken.
    if (against === undefined) outbox.put("standing", { ...present, confirmed: version });
    else outbox.put("standing", { ...present, version: against + 1 });
  }
}

async function handOver(outbox: OutboxStore, { queue }: Destinations, now: number): Promise<void> {
  for (;;) {
    const webhooks = outbox.waiting(BATCH);
    if (webhooks.length === 0) return;
    await queue(webhooks.map(({ key }) => key));
    outbox.markQueued(webhooks, now);
  }
}
