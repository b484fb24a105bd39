import type { Entry } from "@murmur/core";
import type { Env } from "../env.ts";
import { countRejected } from "../ops/count.ts";
import { deliverEntries, type EntryOwner } from "../profile/deliver-entries.ts";
import { checkMessage, type Batch, type Checked } from "./check-message.ts";
import { joinDevice } from "./join-device.ts";
import type { Refusal, Refused } from "./refusal.ts";
import type { Sender } from "./sender.ts";

/** Calls that say who somebody is: with both ids from a server, the device is that customer's from then on. */
const JOINING: ReadonlySet<string> = new Set(["identify", "alias"]);

/** A checked message at its place in the batch. */
interface Placed extends Checked {
  index: number;
}

/** What of a batch is for one profile. */
interface Parcel {
  owner: EntryOwner;
  entries: Entry[];
  /** Places in the batch, by the entry's id: it may be said more than once. */
  indexes: Map<string, number[]>;
}

/** Why messages were not taken, by their place in the batch. */
type Refuse = (index: number, refused: Refused) => void;

/**
 * Brings each message to the profile that it is for. A bad one does not spoil the others: it is among what is returned.
 * Throws when a profile could not take its part for now; sent again, what was taken counts once.
 */
export async function takeMessages(env: Env, rows: readonly unknown[], batch: Batch): Promise<Refusal[]> {
  const refused = new Map<number, Refused>();
  const refuse: Refuse = (index, why) => void refused.set(index, why);
  const placed: Placed[] = [];
  for (const [index, row] of rows.entries()) {
    const checked = await checkMessage(row, index, batch);
    if ("reason" in checked) {
      refuse(index, checked);
      countRejected([checked]);
    } else placed.push({ ...checked, index });
  }
  // All are seen to their end before one that failed fails the call.
  const settled = await Promise.allSettled([
    ...joins(env, placed, refuse),
    ...deliveries(env, placed, refuse),
  ]);
  for (const one of settled) if (one.status === "rejected") throw one.reason;
  return [...refused]
    .sort(([one], [other]) => one - other)
    .map(([index, why]) => ({ index, id: idOf(rows[index]), ...why }));
}

function joins(env: Env, placed: readonly Placed[], refuse: Refuse): Promise<void>[] {
  return placed.map(async ({ type, index, sender: { customer, device } }) => {
    if (customer === undefined || device === undefined || !JOINING.has(type)) return;
    if (await joinDevice(env, customer, device)) return;
    // What an identify says of the customer is kept all the same; an alias says nothing else.
    const message = "previousId belongs to another customer";
    if (type === "alias") refuse(index, { reason: "device_taken", path: "previousId", message });
  });
}

function deliveries(env: Env, placed: readonly Placed[], refuse: Refuse): Promise<void>[] {
  const parcels = new Map<string, Parcel>();
  for (const { sender, entry, index } of placed) {
    if (!entry) continue;
    const owner = ownerOf(sender);
    const name = JSON.stringify(owner);
    const parcel: Parcel = parcels.get(name) ?? { owner, entries: [], indexes: new Map() };
    parcels.set(name, parcel);
    parcel.entries.push(entry);
    parcel.indexes.set(entry.id, [...(parcel.indexes.get(entry.id) ?? []), index]);
  }
  return [...parcels.values()].map(async ({ owner, entries, indexes }) => {
    const { rejected } = await deliverEntries(env, owner, entries);
    for (const { id, reason, message } of rejected)
      for (const index of indexes.get(id!)!) refuse(index, { reason, path: "", message });
  });
}

/** A customer who is named comes before the device. */
function ownerOf({ customer, device }: Sender): EntryOwner {
  return customer === undefined ? { device: device! } : { customer };
}

function idOf(row: unknown): string | null {
  const id = (row as { messageId?: unknown } | null)?.messageId;
  return typeof id === "string" ? id.slice(0, 128) : null;
}
