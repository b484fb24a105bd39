import {
  createExecutionContext,
  createMessageBatch,
  env,
  getQueueResult,
  runInDurableObject,
} from "cloudflare:test";
import { vi } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import type { WebhookCall } from "../../src/outbox/outflow.ts";

/** What the queue would carry of a profile. */
export function callsOf(stub: DurableObjectStub): Promise<WebhookCall[]> {
  return runInDurableObject(stub, (_object, { storage }) =>
    storage.sql
      .exec<{ key: string }>("SELECT key FROM outbox ORDER BY n")
      .toArray()
      .map(({ key }) => ({ profile: stub.id.toString(), key })),
  );
}

export interface Settled {
  taken: string[];
  /** In how many seconds. */
  again: Record<string, number | undefined>;
}

/** One delivery of messages by the queue, each for the `attempts`th time: what was taken, and what is to come again. */
export async function consume(
  calls: readonly unknown[],
  attempts = 1,
  environment: Env = env,
  queue = "murmur-webhooks",
): Promise<Settled> {
  const messages = calls.map((body, at) => ({ id: `${at}`, timestamp: Date.now(), attempts, body }));
  const batch = createMessageBatch<WebhookCall>(queue, messages as never);
  const retries = batch.messages.map((message) => vi.spyOn(message, "retry"));
  await worker.queue(batch, environment);
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  // The platform's test batch forgets the delays.
  const again = retryMessages.map(({ msgId }) => [
    msgId,
    retries[Number(msgId)]!.mock.lastCall?.[0]?.delaySeconds,
  ]);
  return { taken: explicitAcks, again: Object.fromEntries(again) };
}
