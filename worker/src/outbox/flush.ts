import type { AudienceShard } from "../audience/audience-object.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { backOff } from "./back-off.ts";
import type { OutboxStore, Standing } from "./outbox-store.ts";

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
  const isPending = unconfirmed(outbox) !== undefined || outbox.waiting(1).length > 0;
  // Whose it is shows at the next call.
  if (!isPending || !outbox.get("address")) return undefined;
  return outbox.get("retry")?.at ?? now;
}

/**
 * Sends what waits, at `now`, ms by the machine's clock. What fails is tried again later, and may arrive twice: the shard
 * goes by the version, the receiver by the key. What came of shard and queue is written down together: a commit is the dear part.
 */
export async function flush(outbox: OutboxStore, destinations: Destinations, now: number): Promise<void> {
  const address = outbox.get("address");
  if (!address) return;
  // Neither goes without where the other fails.
  let [tells, hands] = [true, true];
  for (;;) {
    const standing = tells ? unconfirmed(outbox) : undefined;
    const webhooks = hands ? outbox.waiting(BATCH) : [];
    if (!standing && webhooks.length === 0) break;
    const [told, handed] = await Promise.allSettled([
      standing && tellShard(standing, address, destinations),
      webhooks.length > 0 && destinations.queue(webhooks.map(({ key }) => key)),
    ]);
    if (told.status === "rejected") tells = false;
    else if (standing) noteTold(outbox, standing, told.value);
    if (handed.status === "rejected") hands = false;
    else outbox.markQueued(webhooks, now);
  }
  if (!tells || !hands) {
    const failures = (outbox.get("retry")?.failures ?? 0) + 1;
    outbox.put("retry", { failures, at: now + backOff(failures, FIRST_WAIT) });
    return;
  }
  if (outbox.get("retry")) outbox.drop("retry");
  outbox.removeQueuedBefore(now - KEPT);
}

/** Where the profile stands, as long as the shard has not confirmed it. */
function unconfirmed(outbox: OutboxStore): Standing | undefined {
  const standing = outbox.get("standing");
  return standing && standing.version !== standing.confirmed ? standing : undefined;
}

/** Gives the version that stands against it, where one does. */
async function tellShard(
  { version, memberships, marketing }: Standing,
  address: ProfileAddress,
  { audience }: Destinations,
): Promise<number | undefined> {
  const { shard, member } = await audience(address);
  return shard.put(member, { address, version, memberships, marketing });
}

function noteTold(outbox: OutboxStore, { version }: Standing, against: number | undefined): void {
  const present = outbox.get("standing");
  // Changed, or gone, while it was on its way.
  if (!present || present.version !== version) return;
  // What the shard holds from a former life of this profile is overtaken.
  if (against === undefined) outbox.put("standing", { ...present, confirmed: version });
  else outbox.put("standing", { ...present, version: against + 1 });
}
