import { compareEntries, type EventEntry } from "@murmur/core";
import type { Expected } from "./compare-profiles.ts";
import { mailId } from "./make-call.ts";
import type { Shopper, ShopperCall } from "./plan-shopper.ts";
import { TagDevice } from "./tag-device.ts";

/** The entries of a call as the edge keeps them: what a mail provider tells gets an id of the edge's own. */
export function keptEntries({ by, entries }: ShopperCall): EventEntry[] {
  return by === "mail" ? entries.map((entry) => ({ ...entry, id: mailId(entry.id) })) : entries;
}

/** What a shopper's profile should be made of, once these calls of theirs were acknowledged. */
export function expectedOf(edge: string, shopper: Shopper, acknowledged: readonly ShopperCall[]): Expected {
  const entries = acknowledged.flatMap(keptEntries).sort(compareEntries);
  // Any of a customer's devices sees the whole.
  return { user: shopper.name, device: new TagDevice(edge, shopper.devices[0]!), entries };
}
