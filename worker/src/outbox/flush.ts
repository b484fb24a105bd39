import { wholeUnitsOf } from "@murmur/core";
import type { AudienceShard } from "../audience/audience-object.ts";
import type { Contribution } from "../experiments/contribution.ts";
import type { ExperimentShard } from "../experiments/experiment-object.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { backOff } from "./back-off.ts";
import type { OutboxNotes, OutboxStore, Told } from "./outbox-store.ts";

/** Where a profile's news go. */
export interface Destinations {
  /** The shard that counts the profile, and the profile's name in it. */
  audience: (address: ProfileAddress) => Promise<{ shard: AudienceShard; member: string }>;
  /** The same of what it contributes to experiments. */
  experiments: (address: ProfileAddress) => Promise<{ shard: ExperimentShard; member: string }>;
  /** Hands webhooks to the queue, by their keys: what it says of a person stays in the profile. */
  queue: (keys: readonly string[]) => Promise<void>;
}

/** How many webhooks the queue takes at a time. */
const BATCH = 100;
/** The first wait after a failure, ms. */
const FIRST_WAIT = 1_000;
/** How long a webhook is waited for, ms: no queue keeps a message for longer. */
const KEPT = 14 * 864e5;
/** After so long with the queue a webhook is one that is tried again, ms: nearly all are delivered before. */
const A_WHILE = 60_000;

/**
 * When there is something to send, or to give up as nobody has taken it, ms by the machine's clock, of which it is `now`; none when
 * there is not.
 */
export function flushDue(outbox: OutboxStore, now: number): number | undefined {
  const isTold = [outbox.get("standing"), outbox.get("contributed")].every(isConfirmed);
  const isPending = !isTold || outbox.waiting(1).length > 0;
  // Whose it is shows at the next call.
  if (!outbox.get("address")) return undefined;
  if (isPending) return outbox.get("retry")?.at ?? now;
  const since = outbox.queuedSince();
  return since !== undefined && since + A_WHILE <= now ? since + KEPT : undefined;
}

/** Begins to send the next of what waits for one destination; what that brings is to be written down. Nothing where none waits. */
type Part = () => Promise<() => void> | undefined;

/**
 * Sends what waits, at `now`, ms by the machine's clock. What fails is tried again later, and may arrive twice: the shard
 * goes by the version, the receiver by the key.
 */
export async function flush(outbox: OutboxStore, destinations: Destinations, now: number): Promise<void> {
  const address = outbox.get("address");
  if (!address) return;
  const parts: readonly Part[] = [
    confirm(outbox, "standing", async ({ version, memberships, marketing }) => {
      const { shard, member } = await destinations.audience(address);
      return shard.put(member, { address, version, memberships, marketing });
    }),
    confirm(outbox, "contributed", async ({ version, contributions }) => {
      const { shard, member } = await destinations.experiments(address);
      return shard.put(member, { version, contributions: contributions.map(asTold) });
    }),
    handOver(outbox, destinations, now),
  ];
  // None goes without where another fails.
  const failed = new Set<Part>();
  for (;;) {
    const sent = parts.flatMap((part) => {
      const sending = failed.has(part) ? undefined : part();
      return sending ? [{ part, sending }] : [];
    });
    if (sent.length === 0) break;
    const came = await Promise.allSettled(sent.map(({ sending }) => sending));
    // All at once: each commit is a wait for the disk.
    for (const [at, { part }] of sent.entries()) {
      const result = came[at]!;
      if (result.status === "fulfilled") result.value();
      else failed.add(part);
    }
  }
  if (failed.size > 0) {
    const failures = (outbox.get("retry")?.failures ?? 0) + 1;
    outbox.put("retry", { failures, at: now + backOff(failures, FIRST_WAIT) });
    return;
  }
  if (outbox.get("retry")) outbox.drop("retry");
  outbox.removeQueuedBefore(now - KEPT);
}

function isConfirmed(told: Told | undefined): boolean {
  return !told || told.version === told.confirmed;
}

/** Has a shard know of the latest version. `put` gives the version that stands against the one it is given, where one does. */
function confirm<Name extends "standing" | "contributed">(
  outbox: OutboxStore,
  name: Name,
  put: (sent: OutboxNotes[Name]) => Promise<number | undefined>,
): Part {
  return () => {
    const sent = outbox.get(name);
    if (!sent || isConfirmed(sent)) return undefined;
    return put(sent).then((against) => () => noteTold(outbox, name, sent, against));
  };
}

function noteTold<Name extends "standing" | "contributed">(
  outbox: OutboxStore,
  name: Name,
  { version }: Told,
  against: number | undefined,
): void {
  const present = outbox.get(name);
  // Changed, or gone, while it was on its way.
  if (!present || present.version !== version) return;
  // What the shard holds from a former life of this profile is overtaken.
  if (against === undefined) outbox.put(name, { ...present, confirmed: version });
  else outbox.put(name, { ...present, version: against + 1 });
}

/** Without what is the profile's own business; its value as sums of segments have it, which saturate. */
function asTold({ experiment, variant, exposedAt, conversions, value }: Contribution): Contribution {
  return { experiment, variant, exposedAt, conversions, value: wholeUnitsOf(value) };
}

function handOver(outbox: OutboxStore, { queue }: Destinations, now: number): Part {
  return () => {
    const webhooks = outbox.waiting(BATCH);
    if (webhooks.length === 0) return undefined;
    return queue(webhooks.map(({ key }) => key)).then(() => () => outbox.markQueued(webhooks, now));
  };
}
