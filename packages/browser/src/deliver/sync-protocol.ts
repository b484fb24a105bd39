import type { Consent } from "../consent/consent.ts";
import type { Allocations, Entry, Snapshot } from "@murmur/core";

/** Body of `POST /v1/sync`. */
export interface SyncRequest {
  device: string;
  /** The sender's clock when it sent, ms. */
  sentAt: number;
  /** The customer's signed token. */
  identity?: string | undefined;
  /** The log that `cursor` counts in, as the edge named it. */
  log?: string | undefined;
  cursor: number;
  /** The name of the checkpoint that this device goes on from. */
  folded?: string | undefined;
  /** The name of the device's cookie, for the edge to renew it. */
  cookie?: string;
  /** What the shopper allows. */
  consent?: Consent;
  entries: readonly Entry[];
}

/** What the oldest of a profile's log was folded into. */
export interface Checkpoint {
  name: string;
  /** What happened up to then is in it, ms. */
  at: number;
  /** None where it had to go: the profile is what the log still holds. */
  snapshot?: Snapshot;
}

/** What the tag reads of the edge's answer. */
export interface SyncResponse {
  rejected: { id: string | null; reason: string; message: string }[];
  /** Hash of the manifest to hold. */
  manifest: string;
  /** What to add to the sender's clock, ms. */
  shift: number;
  /** Instants that the edge gave to entries of this call, where they differ from what was sent; ms by id. */
  timestamps: Record<string, number>;
  /** What the profile's log gained elsewhere, and how far it has been read now. */
  entries: Entry[];
  log: string;
  cursor: number;
  /** What experiments assign the profile by, and shares in place of their weights; left out where there are none. */
  unit?: string;
  allocations?: Allocations;
  /** What to go on from in place of what there is, under `manifest`; null: nothing. */
  checkpoint?: Checkpoint | null;
  /** Whether there is more to read from the new cursor on. */
  more: boolean;
}
