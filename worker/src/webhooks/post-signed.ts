import type { Env } from "../env.ts";
import { log } from "../ops/log.ts";
import { receivedBy, type Received } from "./received.ts";
import { signWebhook } from "./sign-webhook.ts";

/** How long a receiver may take to answer, ms. */
const PATIENCE = 15_000;

/** Posts JSON to a receiver, signed anew for each try; its key stays what it is. */
export async function postSigned(env: Env, url: string, key: string, content: object): Promise<Received> {
  const body = JSON.stringify(content);
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
  if (!answer.ok) log({ event: "webhook_refused", status: answer.status });
  // A receiver is the shop's own: what it refuses today, it may take once it is mended.
  return receivedBy(answer, true);
}
