import type { EventEntry } from "@murmur/core";
import type { SeededRandom } from "./seeded-random.ts";

/** Entries that a device sends in one call. */
export interface Delivery {
  device: string;
  entries: EventEntry[];
  /** 2 where a call is repeated while the first one is still on its way. */
  copies: 1 | 2;
}

export interface DeliveryPlan {
  /** In the order in which they leave; those of one device leave one after the other. */
  deliveries: Delivery[];
  batches: number;
  /** Batches that leave after later ones of their device. */
  late: number;
  /** Batches that are sent twice. */
  repeated: number;
  /** Of these, those whose two calls are on their way at once. */
  atOnce: number;
}

/** What a device has to send. */
export interface DeviceLog {
  device: string;
  visits: readonly { session: string; entry: EventEntry }[];
}

interface Batch {
  device: string;
  entries: EventEntry[];
  /** The instant of its last entry. */
  at: number;
}

/** A place in the plan: at an instant, and there after those of a lower rank. */
interface Planned extends Delivery {
  at: number;
  rank: number;
}

const LATE = 0.05;
const REPEATED = 0.1;
const MAX_ENTRIES = 5;
/** A tag does not hold entries back for longer than this, ms. */
const MAX_WAIT = 10 * 6e4;
/** How many batches a late one may be behind. */
const MAX_BEHIND = 3;

/** Cuts logs into calls as tags would send them, in order of time over all devices; some come late, some twice. */
export function planDeliveries(logs: readonly DeviceLog[], random: SeededRandom): DeliveryPlan {
  const byDevice = logs.map((log) => batchesOf(log, random));
  const batches = byDevice.flat().length;
  const canBeLate = byDevice.reduce((sum, own) => sum + own.length - 1, 0);
  const lateness = canBeLate === 0 ? 0 : Math.min(0.5, (LATE * batches) / canBeLate);
  const plan = { batches, late: 0, repeated: 0, atOnce: 0 };
  const planned = byDevice.flatMap((own) => {
    const due = dueInstants(own, lateness, random);
    plan.late += countLate(own, due);
    return own.flatMap((batch, place): Planned[] => {
      const { at, rank } = due[place]!;
      const first: Planned = { device: batch.device, entries: batch.entries, copies: 1, at, rank };
      if (!random.chance(REPEATED)) return [first];
      plan.repeated++;
      if (random.chance(0.5)) {
        plan.atOnce++;
        return [{ ...first, copies: 2 }];
      }
      const again = own[Math.min(place + random.whole(0, MAX_BEHIND), own.length - 1)]!;
      return [first, { ...first, at: Math.max(at, again.at), rank: 2 }];
    });
  });
  planned.sort((a, b) => a.at - b.at || a.rank - b.rank);
  return { deliveries: planned.map(({ at: _at, rank: _rank, ...delivery }) => delivery), ...plan };
}

function batchesOf({ device, visits }: DeviceLog, random: SeededRandom): Batch[] {
  const open = new Map<string, { entries: EventEntry[]; room: number }>();
  const batches: Batch[] = [];
  for (const { session, entry } of visits) {
    const batch = open.get(session);
    const first = batch?.entries[0]?.timestamp;
    if (batch && batch.room > 0 && entry.timestamp - (first as number) < MAX_WAIT) {
      batch.entries.push(entry);
      batch.room--;
      continue;
    }
    const fresh = { entries: [entry], room: random.whole(0, MAX_ENTRIES - 1) };
    open.set(session, fresh);
    batches.push({ device, entries: fresh.entries, at: 0 });
  }
  for (const batch of batches) batch.at = Math.max(...batch.entries.map(({ timestamp }) => timestamp));
  return batches.sort((a, b) => a.at - b.at);
}

/** When each of a device's batches leaves: at its instant, or, late, with one of the next batches that is not. */
function dueInstants(
  own: readonly Batch[],
  lateness: number,
  random: SeededRandom,
): { at: number; rank: number }[] {
  const late = own.map((_batch, place) => place < own.length - 1 && random.chance(lateness));
  return own.map(({ at }, place) => {
    if (!late[place]) return { at, rank: 0 };
    let behind = Math.min(place + random.whole(1, MAX_BEHIND), own.length - 1);
    // The last one is never late itself.
    while (late[behind]) behind++;
    return { at: own[behind]!.at, rank: 1 };
  });
}

function countLate(own: readonly Batch[], due: readonly { at: number; rank: number }[]): number {
  return own.filter(
    ({ at }, place) =>
      due[place]!.rank === 1 && own.some((other, later) => other.at > at && due[later]!.at <= due[place]!.at),
  ).length;
}
