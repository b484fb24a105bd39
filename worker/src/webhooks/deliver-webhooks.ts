import type { Env } from "../env.ts";
import { objectById } from "../object-stub.ts";
import type { AddressedWebhook } from "../outbox/answer-outbox.ts";
import { backOff } from "../outbox/back-off.ts";
import type { WebhookCall } from "../outbox/outflow.ts";
import type { ProfileObject } from "../profile/profile-face.ts";
import { callReceiver, type Received } from "./call-receiver.ts";

/** The first wait after a failure, ms. */
const FIRST_WAIT = 10_000;
/** The longest delay that the queue takes, s. */
const LONGEST_DELAY = 43_200;

/**
 * Takes a batch from the queue. Each message by itself: one that fails comes again later, and after `max_retries` (see
 * wrangler.toml) goes to the dead-letter queue.
 */
export async function deliverWebhooks(batch: MessageBatch<WebhookCall>, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      const received = await deliver(env, message.body).catch((): Received => ({ received: false }));
      if (received.received) return message.ack();
      const wait = backOff(message.attempts, FIRST_WAIT) / 1_000;
      message.retry({ delaySeconds: Math.min(LONGEST_DELAY, Math.max(wait, received.retryAfter ?? 0)) });
    }),
  );
}

/** Delivers one webhook, if its profile still has it: what was erased, withdrawn or delivered before is not sent. */
async function deliver(env: Env, { profile, key }: WebhookCall): Promise<Received> {
  const owner = objectById<ProfileObject>(env, env.PROFILE, profile);
  const addressed = (await owner.outbox({ ask: "webhook", key })) as AddressedWebhook | undefined;
  if (!addressed) return { received: true };
  // Without a receiver any more there is nobody to tell.
  const received: Received = env.WEBHOOK_URL
    ? await callReceiver(env, env.WEBHOOK_URL, addressed)
    : { received: true };
  if (received.received) await owner.outbox({ ask: "delivered", key });
  return received;
}
