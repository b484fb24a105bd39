import type { Env } from "../env.ts";
import type { AddressedWebhook } from "../outbox/answer-outbox.ts";
import { audienceEvent } from "./audience-event.ts";
import { signWebhook } from "./sign-webhook.ts";

/** How long a receiver may take to answer, ms. */
const PATIENCE = 15_000;

/** What came of a call: the receiver has it; or it has not, and may have said when to come back, in seconds. */
export type Received = { received: true } | { received: false; retryAfter?: number };

/** Brings a webhook to the shop's receiver, signed anew for each try; its key stays what it is. */
export async function callReceiver(env: Env, url: string, addressed: AddressedWebhook): Promise<Received> {
  const { key } = addressed.webhook;
  const body = JSON.stringify(audienceEvent(addressed));
  const signature = await signWebhook(env.WEBHOOK_SECRET, { id: key, body, at: Date.now() });
  const answer = await fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "idempotency-key": key, ...signature },
    // Where it leads, nobody has agreed to.
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
  });
  await answer.body?.cancel();
  if (answer.ok) return { received: true };
  const retryAfter = /^\d{1,6}$/.exec(answer.headers.get("retry-after") ?? "")?.[0];
  return { received: false, ...(retryAfter !== undefined && { retryAfter: Number(retryAfter) }) };
}
