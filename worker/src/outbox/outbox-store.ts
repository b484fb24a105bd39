import type { JourneyEffect, Transition } from "@murmur/core";
import type { Membership } from "../audience/audience-object.ts";
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

/** Where a profile stands, as others are to know it. */
export interface Standing {
  /** Grows with each change: by the machine's clock, ms, or by one. */
  version: number;
  memberships: Membership[];
  /** Whether the shopper allows marketing. */
  marketing: boolean;
  /** The version that the audience shard has confirmed; 0 for none. */
  confirmed: number;
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
  retry: Retry;
}

/** What a profile has for others, and has not brought them yet. In its own SQLite, so that one transaction holds both. */
export interface OutboxStore {
  get<Name extends keyof OutboxNotes>(name: Name): OutboxNotes[Name] | undefined;
  put<Name extends keyof OutboxNotes>(name: Name, value: OutboxNotes[Name]): void;
  drop(name: keyof OutboxNotes): void;
  /** Once: what has a key that is there already is that. */
  add(outgoing: Outgoing): void;
  /** The next ones that the queue does not know of yet, oldest first. */
  waiting(limit: number): Outgoing[];
  /** The queue knows of these since `at`, ms by the machine's clock. They stay until they are delivered. */
  markQueued(outgoing: readonly { key: string }[], at: number): void;
  find(key: string): Outgoing | undefined;
  /** This and the next ones say how many went. */
  remove(key: string): number;
  /** Removes what the queue has known of since before an instant, ms by the machine's clock. */
  removeQueuedBefore(instant: number): number;
  /** Removes what a journey has no use for any more: of some runs, or of all. */
  withdraw(unwanted?: Unwanted): number;
  /** Removes the e-mails that journeys had to send. */
  withdrawMessages(): number;
  /** Removes everything, also what the queue knows of; or transitions alone. */
  clear(what?: "transitions"): number;
  /** How many are not delivered. */
  depth(): number;
}
