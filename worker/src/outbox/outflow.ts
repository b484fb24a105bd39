import { shardOf } from "../audience/audience-shards.ts";
import type { Env } from "../env.ts";
import { experimentShardOf } from "../experiments/experiment-shards.ts";
import type { ProfileAddress } from "../profile/profile-address.ts";
import { flush, flushDue, type Destinations } from "./flush.ts";
import type { OutboxStore } from "./outbox-store.ts";

/** What the queue carries: where a webhook lies. What it says of a person stays in their profile, and goes with it. */
export interface WebhookCall {
  /** The profile's object, by its id. */
  profile: string;
  key: string;
}

/** One profile's way out to others: one thing after the other, so that nothing is sent of what is being erased. */
export class Outflow {
  readonly #outbox: OutboxStore;
  readonly #destinations: Destinations;
  #last: Promise<unknown> = Promise.resolve();
  /** Whether something may wait: it is looked up no more often than it must. */
  #mayWait = true;
  #isKnown = false;
  #isClosed = false;

  constructor(outbox: OutboxStore, destinations: Destinations) {
    this.#outbox = outbox;
    this.#destinations = destinations;
  }

  /** Keeps whose profile this is: what wakes it later does not know. */
  isOf(address: ProfileAddress): void {
    if (this.#isKnown) return;
    if (!this.#outbox.get("address")) this.#outbox.put("address", address);
    this.#isKnown = true;
    this.wake();
  }

  /** There is something new to send. */
  wake(): void {
    this.#mayWait = true;
  }

  /** When there is something to send, ms by the machine's clock. */
  due(): number | undefined {
    const due = this.#mayWait ? flushDue(this.#outbox, Date.now()) : undefined;
    this.#mayWait = due !== undefined;
    return due;
  }

  /** Sends what waits, as long as nothing was erased. Says whether there was anything. */
  async flush(): Promise<boolean> {
    return this.#alone(async () => {
      const due = this.#isClosed ? undefined : this.due();
      if (due === undefined || due > Date.now()) return false;
      await flush(this.#outbox, this.#destinations, Date.now());
      return true;
    });
  }

  /** Does `work`, which erases the profile, while nothing is on its way; nothing is sent after it. */
  async close(work: () => Promise<void>): Promise<void> {
    await this.#alone(async () => {
      await work();
      this.#isClosed = true;
    });
  }

  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** Where the news of the profile with this object's id go. */
export function destinationsOf(env: Env, profile: string): Destinations {
  return {
    audience: (address) => shardOf(env, address),
    experiments: (address) => experimentShardOf(env, address),
    queue: async (keys) => {
      const calls = keys.map((key): MessageSendRequest<WebhookCall> => ({ body: { profile, key } }));
      await env.WEBHOOKS?.sendBatch(calls);
    },
  };
}
