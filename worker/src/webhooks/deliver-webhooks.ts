import { refreshDefinition } from "../definition-store/refresh-definition.ts";
import type { Env } from "../env.ts";
import { objectById } from "../object-stub.ts";
import { deliverEffect } from "../journeys/deliver-effect.ts";
import { log, traceOf } from "../ops/log.ts";
import type { AddressedOutgoing } from "../outbox/answer-outbox.ts";
import { backOff } from "../outbox/back-off.ts";
import type { WebhookCall } from "../outbox/outflow.ts";
import type { ProfileObject } from "../profile/profile-face.ts";
import { noteSettings } from "../settings/note-settings.ts";
import { audienceEvent } from "./audience-event.ts";
import { postSigned } from "./post-signed.ts";
import type { Received } from "./received.ts";

/** The first wait after a failure, ms. */
const FIRST_WAIT = 10_000;
/** The longest delay that the queue takes, s. */
const LONGEST_DELAY = 43_200;

/**
 * Takes a batch from the queue. Each message by itself: one that fails comes again later, and after `max_retries` (see
 * wrangler.toml) goes to the dead-letter queue.
 */
export async function deliverWebhooks(batch: MessageBatch<WebhookCall>, env: Env): Promise<void> {
  // It may name the receivers, and nobody may ever have called this isolate.
  await refreshDefinition(env);
  await noteSettings(env);
  await Promise.all(
    batch.messages.map(async (message) => {
      const received = await deliver(env, message.body).catch(noted);
      if (received.received) return message.ack();
      if ("final" in received && (await isBuried(env, message.body))) return message.ack();
      const { retryAfter = 0 } = "retryAfter" in received ? received : {};
      const wait = backOff(message.attempts, FIRST_WAIT) / 1_000;
      message.retry({ delaySeconds: Math.min(LONGEST_DELAY, Math.max(wait, retryAfter)) });
    }),
  );
}

function noted(error: unknown): Received {
  log({ event: "delivery_failed", ...traceOf(error) });
  return { received: false };
}

/** Delivers one, if its profile still has it: what was erased, withdrawn or delivered before is not sent. */
async function deliver(env: Env, { profile, key }: WebhookCall): Promise<Received> {
  const owner = objectById<ProfileObject>(env, env.PROFILE, profile);
  const addressed = (await owner.outbox({ ask: "outgoing", key })) as AddressedOutgoing | undefined;
  if (!addressed) return { received: true };
  // It comes again as the quiet hours end.
  if (addressed.wait !== undefined) return { received: false, retryAfter: Math.ceil(addressed.wait / 1_000) };
  const received = await bring(env, addressed);
  if (received.received) await owner.outbox({ ask: "delivered", key });
  return received;
}

async function bring(env: Env, { address, outgoing }: AddressedOutgoing): Promise<Received> {
  if ("effect" in outgoing) return deliverEffect(env, address, outgoing.effect);
  // Without a receiver any more there is nobody to tell.
  return env.WEBHOOK_URL
    ? postSigned(env, env.WEBHOOK_URL, outgoing.key, audienceEvent(address, outgoing))
    : { received: true };
}

/** Puts what will never be received into the dead-letter queue at once, where one is bound; else the tries come to an end. */
async function isBuried({ DEAD_WEBHOOKS }: Env, call: WebhookCall): Promise<boolean> {
  if (!DEAD_WEBHOOKS) return false;
  await DEAD_WEBHOOKS.send(call);
  log({ event: "message_dead" });
  return true;
}
