import type { Entry, Transition } from "@murmur/core";
import type { OutboxAnswer, OutboxCall } from "../outbox/answer-outbox.ts";
import type { Outcome } from "./ask-profile.ts";
import type { Decided, DecideCall } from "./decide.ts";
import type { Delivery } from "./deliver.ts";
import type { DeviceAnswer, DeviceCall } from "./device-side.ts";
import type { StoredEntry } from "./log-store.ts";
import type { ProfileAddress } from "./profile-address.ts";
import type { ProfileCopy } from "./profile-copy.ts";
import type { SyncAnswer, SyncCall } from "./sync.ts";

/** A profile as local development shows it. */
export interface Inspection {
  now: number;
  segments: string[];
  nextChange: number | null;
  transitions: Transition[];
  entries: number;
}

/** Where a device's profile has gone. */
export interface Moved {
  moved: string;
}

/**
 * What can be asked of a profile from outside. Written out, because the platform's mapped type for remote calls
 * gives up on recursive JSON.
 */
export interface ProfileObject {
  sync(address: ProfileAddress, call: SyncCall, issuedAt: number | undefined): Promise<Outcome<SyncAnswer>>;
  deliver(
    address: ProfileAddress,
    device: string | undefined,
    entries: readonly Entry[],
  ): Promise<Outcome<Delivery>>;
  home(call: DeviceCall): Promise<DeviceAnswer>;
  copy(): Promise<ProfileCopy | Moved | undefined>;
  page(after: number, limit: number): Promise<StoredEntry[]>;
  erase(address: ProfileAddress): Promise<Moved | undefined>;
  removeDevice(address: ProfileAddress, device: string, erased: boolean): Promise<void>;
  outbox(call: OutboxCall): Promise<OutboxAnswer>;
  inspect(advance?: number): Promise<Inspection | Moved>;
  decide(address: ProfileAddress, call: DecideCall): Promise<Outcome<Decided>>;
  /** Connects a page: see `PushObject`. */
  fetch(request: Request): Promise<Response>;
}
