import type { Transition } from "@murmur/core";
import type { Membership } from "../audience/audience-object.ts";
import type { KeptContribution } from "../experiments/contribution.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";

/** A transition that the shop's receiver is to learn of. */
export interface Webhook extends Transition {
  /** Its Idempotency-Key: made with it, and the same however often it is sent. */
  key: string;
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
  add(webhook: Webhook): void;
  /** The next ones that the queue does not know of yet, oldest first. */
  waiting(limit: number): Webhook[];
  /** The queue knows of these since `at`, ms by the machine's clock. They stay until they are delivered. */
  markQueued(webhooks: readonly Webhook[], at: number): void;
  find(key: string): Webhook | undefined;
  /** These and the next two say how many webhooks went. */
  remove(key: string): number;
  /** Removes what the queue has known of since before an instant, ms by the machine's clock. */
  removeQueuedBefore(instant: number): number;
  /** Removes all webhooks, also those that the queue knows of. */
  clear(): number;
  /** How many webhooks are not delivered. */
  depth(): number;
}
