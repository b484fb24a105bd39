import { importX509 } from "jose";
import { z } from "zod";
import { Problem } from "../wire/problem.ts";
import { fromBase64 } from "./hmac.ts";
import { unauthentic } from "./unauthentic.ts";

/** An SNS message over HTTP. https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const snsSchema = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  Subject: z.string().nullish(),
  Token: z.string().optional(),
  SubscribeURL: z.string().max(2_048).optional(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.string().max(1_024),
  SigningCertURL: z.string().max(2_048),
});

export type SnsMessage = z.infer<typeof snsSchema>;

/** What is signed, in this order; what a message does not have is left out. */
const SIGNED = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const satisfies Record<SnsMessage["Type"], readonly (keyof SnsMessage)[]>;

/** SHA-1 is what version 1 has; SHA-256 is version 2. */
const HASHES = { "1": "SHA-1", "2": "SHA-256" } as const;

const HOST = /^sns\.[a-z]{2}[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;
const CERTIFICATE = /^\/SimpleNotificationService-[\w-]{1,100}\.pem$/;

/** Longest certificate that is read, bytes; SNS's have some 2 KB. */
const MAX_CERTIFICATE = 16_384;

/**
 * Certificates by their URL, as text: SNS uses one for months, and a worker speaks with few regions. No promise of one,
 * which only the call that made it may wait for.
 */
const certificates = new Map<string, string>();
const MAX_CERTIFICATES = 8;

/**
 * Checks that SNS signed a message: RSA over its members by name, by the certificate that it names, which must lie with
 * SNS itself. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export async function checkSns(message: SnsMessage): Promise<void> {
  const signature = fromBase64(message.Signature);
  const url = snsUrl(message.SigningCertURL);
  if (!signature || !url || url.search !== "" || !CERTIFICATE.test(url.pathname)) throw unauthentic();
  const key = await publicKey(await certificate(url.href), HASHES[message.SignatureVersion]);
  const signed = new TextEncoder().encode(signedText(message));
  if (!(await crypto.subtle.verify("RSASSA-PKCS1-v1_5", key, signature, signed))) throw unauthentic();
}

/** The text that SNS signs: a line for each name and for each value, the last one ended as well. */
export function signedText(message: SnsMessage): string {
  return SIGNED[message.Type]
    .filter((name) => message[name] !== undefined && message[name] !== null)
    .map((name) => `${name}\n${message[name]}\n`)
    .join("");
}

/** An address that is SNS's own and nobody else's. Whatever else stands in a URL to make it look so makes it none. */
export function snsUrl(address: string): URL | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" || !HOST.test(url.hostname)) return undefined;
  return url.port === "" && url.username === "" && url.password === "" ? url : undefined;
}

async function certificate(url: string): Promise<string> {
  const known = certificates.get(url);
  if (known !== undefined) return known;
  // A redirect would lead away from the host that was checked.
  const response = await fetch(url, { redirect: "manual" });
  // SNS sends again what fails with 5xx, and nothing else: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html
  if (response.status === 429 || response.status >= 500)
    throw new Problem("internal", "SNS did not give its certificate: send it again.");
  const text = response.status === 200 ? await response.text() : "";
  if (text === "" || text.length > MAX_CERTIFICATE) throw unauthentic();
  if (certificates.size >= MAX_CERTIFICATES) certificates.clear();
  certificates.set(url, text);
  return text;
}

async function publicKey(pem: string, hash: "SHA-1" | "SHA-256"): Promise<CryptoKey> {
  try {
    // jose knows SHA-256 alone: the key is taken out of the certificate with it, and put to use with the one asked for.
    const extracted = await importX509(pem, "RS256", { extractable: true });
    const spki = (await crypto.subtle.exportKey("spki", extracted)) as ArrayBuffer;
    return await crypto.subtle.importKey("spki", spki, { name: "RSASSA-PKCS1-v1_5", hash }, false, [
      "verify",
    ]);
  } catch {
    throw unauthentic();
  }
}
