import { env, runInDurableObject } from "cloudflare:test";
import type { Transition } from "@murmur/core";
import type { OutboxStore } from "../../src/outbox/outbox-store.ts";
import type { Publicity } from "../../src/outbox/publish.ts";
import { sqliteOutboxStore } from "../../src/outbox/sqlite-outbox-store.ts";
import type { LogStore } from "../../src/profile/log-store.ts";
import { sqliteLogStore } from "../../src/profile/sqlite-log-store.ts";

export const T = 1_790_000_000_000;
export const ALL: Publicity = { marketing: true, webhooks: true };

/** Runs `work` over the SQLite of a Durable Object of its own. */
export function withOutbox(
  work: (outbox: OutboxStore, store: LogStore) => void | Promise<void>,
): Promise<void> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, { storage }) => {
    const store = sqliteLogStore(storage);
    return work(sqliteOutboxStore(storage.sql), store);
  });
}

export const entered = (segment: string, at = T): Transition => ({ segment, change: "entered", at });
export const exited = (segment: string, at = T): Transition => ({ segment, change: "exited", at });
