import { fromBase64, hmacMatches } from "./hmac.ts";
import type { HookCall } from "./email-provider.ts";
import { isFresh, unauthentic } from "./unauthentic.ts";

/** How old or how far ahead a signature may be, ms: what Svix and Standard Webhooks use. */
const TOLERANCE = 300_000;

/**
 * Checks a call that is signed as Standard Webhooks has it, which Svix began: base64 of the HMAC-SHA256 over
 * `id.timestamp.body`, after `v1,`, several of them apart by a space while a secret changes. Returns its id, which stays
 * the same when it is sent again. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function standardWebhook(
  { headers, body, now }: HookCall,
  prefix: "svix" | "webhook",
  secret: string,
): Promise<string> {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map(
    (name) => headers.get(`${prefix}-${name}`) ?? "",
  ) as [string, string, string];
  const key = fromBase64(secret.replace(/^whsec_/, ""));
  if (!key?.length || !id || !/^\d{1,11}$/.test(timestamp)) throw unauthentic();
  if (!isFresh(Number(timestamp) * 1_000, now, TOLERANCE)) throw unauthentic();
  for (const signature of signatures.split(" ").slice(0, 8)) {
    const bytes = signature.startsWith("v1,") ? fromBase64(signature.slice(3)) : undefined;
    if (bytes && (await hmacMatches(key, `${id}.${timestamp}.${body}`, bytes))) return id;
  }
  throw unauthentic();
}
