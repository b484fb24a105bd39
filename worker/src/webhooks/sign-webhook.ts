import { fromBase64, hmacOf } from "../hooks/hmac.ts";

/** Bytes of a secret: the least that Standard Webhooks asks for. */
const SHORTEST = 24;

/**
 * The headers of a call that is signed as Standard Webhooks has it: base64 of the HMAC-SHA256 over `id.timestamp.body`,
 * after `v1,`. The secret is `whsec_` and base64; `at` in ms. Throws where the secret is none: nothing goes out unsigned.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function signWebhook(
  secret: string | undefined,
  { id, body, at }: { id: string; body: string; at: number },
): Promise<Record<string, string>> {
  const key = fromBase64((secret ?? "").replace(/^whsec_/, ""));
  if (!key || key.length < SHORTEST)
    throw new Error("WEBHOOK_SECRET must be whsec_ and base64 of 24 bytes or more");
  const timestamp = Math.floor(at / 1_000);
  const signature = await hmacOf(key, `${id}.${timestamp}.${body}`);
  return {
    "webhook-id": id,
    "webhook-timestamp": `${timestamp}`,
    "webhook-signature": `v1,${btoa(String.fromCharCode(...signature))}`,
  };
}
