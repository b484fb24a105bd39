import type { Allocations, Snapshot } from "@murmur/core";
import type { Consent } from "../consent/consent.ts";
import { randomId } from "../device/random-id.ts";

/** What a device knows of itself, beside its entries. The store's is the true one: every page follows it. */
export interface DeviceMeta {
  /** Random, 128 bit, hex. Whoever knows it is the device. */
  device: string;
  /** Counts up when rows have changed that a profile may have seen: such a profile is to be made anew. */
  generation: number;
  /** The customer that the device has joined. */
  subject?: string | undefined;
  /** What to add to this machine's clock to have the edge's time, ms. */
  shift: number;
  /** Number of the last row; rows up to `delivered` are at the edge. */
  last: number;
  delivered: number;
  /** Which log the cursor counts in, and how far this device has read it. */
  log?: string | undefined;
  cursor: number;
  /** Which log the rows that came down are all of. */
  whole?: string | undefined;
  /** The name of the checkpoint that is kept; the oldest of the log is in it. */
  folded?: string | undefined;
  /** The edge has asked to be left alone until then, ms by its time. */
  notBefore?: number;
  /** What experiments assign the profile by, and shares in place of their weights, as the edge has said last. */
  unit?: string | undefined;
  allocations?: Allocations | undefined;
  /** What the shopper has said last on a page where something else was allowed before: the other pages follow. */
  said?: Consent | undefined;
  /** Hash of the manifest that is kept. */
  manifest?: string | undefined;
}

/** A profile's snapshot, the last row that it has seen, and of which device and generation it is. */
export interface SavedProfile {
  device: string;
  generation: number;
  n: number;
  snapshot: Snapshot;
}

/** A device that nobody knows, and whose log begins; what is known of this machine, and the generation, go on from `before`. */
export function freshMeta({
  generation = -1,
  shift = 0,
  subject,
  manifest,
}: Partial<DeviceMeta> = {}): DeviceMeta {
  const device = randomId();
  return { device, generation: generation + 1, shift, subject, manifest, last: 0, delivered: 0, cursor: 0 };
}
