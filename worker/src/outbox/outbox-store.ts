import type { JourneyEffect, Transition } from "@murmur/core";
import type { Membership } from "../audience/audience-object.ts";
import type { KeptContribution } from "../experiments/contribution.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";

/** A transition that the shop's receiver is to learn of. */
export interface Webhook extends Transition {
  /** Its Idempotency-Key: made with it, and the same however often it is sent. */
  key: string;
}

/** What a journey is to send, under the key of its effect. */
export interface JourneyMessage {
  key: string;
  effect: JourneyEffect;
}

export type Outgoing = Webhook | JourneyMessage;

/** What runs of a journey that began before an instant, ms, have to send. */
export interface Unwanted {
  journey: string;
  before: number;
}

/** What a shard is told whole, again at each change. */
export interface Told {
  /** Grows with each change: by the machine's clock, ms, or by one. */
  version: number;
  /** The version that the shard has confirmed; 0 for none. */
  confirmed: number;
}

/** Where a profile stands, as its audience shard is to know it. */
export interface Standing extends Told {
  memberships: Membership[];
  /** Whether the shopper allows marketing. */
  marketing: boolean;
}

/** What a profile contributes to experiments, as its experiment shard is to know it. */
export interface Contributed extends Told {
  contributions: KeptContribution[];
}

/** When sending has failed: how often in a row, and when it is tried again, ms by the machine's clock. */
export interface Retry {
  failures: number;
  at: number;
}

/** What is kept by name. */
export interface OutboxNotes {
  /** Whose profile this is. */
  address: ProfileAddress;
  standing: Standing;
  contributed: Contributed;
  retry: Retry;
}

/** What a profile has for others, and has not brought them yet. In its own SQLite, so that one transaction holds both. */
export interface OutboxStore {
  get<Name extends keyof OutboxNotes>(name: Name): OutboxNotes[Name] | undefined;
  put<Name extends keyof OutboxNotes>(name: Name, value: OutboxNotes[Name]): void;
  drop(name: keyof OutboxNotes): void;
  /** Once: what has a key that is there already is that. Says whether it was not. */
  add(outgoing: Outgoing): boolean;
  /** The next ones that the queue does not know of yet, oldest first. */
  waiting(limit: number): Outgoing[];
  /** The queue knows of these since `at`, ms by the machine's clock. They stay until they are delivered. */
  markQueued(outgoing: readonly { key: string }[], at: number): void;
  find(key: string): Outgoing | undefined;
  /** All that journeys have to send, oldest first. */
  effects(): JourneyMessage[];
  /** Since when the queue knows of the oldest that it knows of, ms by the machine's clock. */
  queuedSince(): number | undefined;
  /** This and the next ones say how many went. */
  remove(key: string): number;
  /** Removes what the queue has known of since an instant or before, ms by the machine's clock. */
  removeQueuedBefore(instant: number): number;
  /** Removes what a journey has no use for any more: of some runs, or of all. */
  withdraw(unwanted?: Unwanted): number;
  /** Removes the e-mails that journeys had to send. */
  withdrawMessages(): number;
  /** Has the e-mails that journeys have to send go to this address. */
  readdressMessages(to: string): void;
  /**
   * Removes what is not to be said any more, also what the queue knows of: all; or transitions alone. What has been exited is said all
   * the same, for the receiver may know of the entering.
   */
  retract(what?: "transitions"): number;
  /** Removes everything, also what the queue knows of. */
  clear(): number;
  /** How many are not delivered. */
  depth(): number;
}
