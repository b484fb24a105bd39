import { createExecutionContext, env } from "cloudflare:test";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import type { HookAnswer } from "../../src/hooks/take-events.ts";
import type { ProblemBody } from "./call.ts";

/** What a provider's call bears beside its body. */
export type Signer = (body: string) => Promise<Record<string, string>>;

const utf8 = new TextEncoder();

/** A SendGrid key pair of this run. */
const sendgridKeys = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
  "sign",
  "verify",
])) as CryptoKeyPair;

/** The SNS topic that Amazon SES tells its events to. */
export const TOPIC = "arn:aws:sns:us-east-1:123456789012:MyTopic";

export const WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** The settings of a worker that receives from every provider. */
export const SETTINGS = {
  SENDGRID_WEBHOOK_KEY: base64(
    (await crypto.subtle.exportKey("spki", sendgridKeys.publicKey)) as ArrayBuffer,
  ),
  MAILGUN_WEBHOOK_KEY: "mailgun-signing-key-of-the-tests",
  POSTMARK_WEBHOOK_LOGIN: "postmark:a password, with ümlaut",
  RESEND_WEBHOOK_SECRET: WHSEC,
  KLAVIYO_WEBHOOK_SECRET: "klaviyo-test-secret",
  SES_TOPIC_ARNS: `arn:aws:sns:eu-west-1:123456789012:other, ${TOPIC}`,
  GENERIC_WEBHOOK_SECRET: WHSEC,
} satisfies Partial<Env>;

export function base64(bytes: ArrayBuffer | Uint8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export async function hmac(key: string | Uint8Array<ArrayBuffer>, message: string): Promise<ArrayBuffer> {
  const bytes = typeof key === "string" ? utf8.encode(key) : key;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  return crypto.subtle.sign("HMAC", imported, utf8.encode(message));
}

export function hex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function secondsNow(): string {
  return String(Math.floor(Date.now() / 1_000));
}

export const signSendgrid: Signer = async (body) => {
  const timestamp = secondsNow();
  const how = { name: "ECDSA", hash: "SHA-256" };
  const raw = await crypto.subtle.sign(how, sendgridKeys.privateKey, utf8.encode(timestamp + body));
  return {
    "x-twilio-email-event-webhook-timestamp": timestamp,
    "x-twilio-email-event-webhook-signature": base64(der(new Uint8Array(raw))),
  };
};

/** As OpenSSL writes a signature: no zeros in front, but one where the first bit is set. */
export function der(raw: Uint8Array): Uint8Array {
  const numbers = [raw.subarray(0, 32), raw.subarray(32)].map((number) => {
    const digits = [...number.subarray(number.findIndex((byte) => byte !== 0))];
    if (digits[0]! >= 0x80) digits.unshift(0);
    return [0x02, digits.length, ...digits];
  });
  const body = numbers.flat();
  return Uint8Array.of(0x30, body.length, ...body);
}

function signStandard(prefix: "svix" | "webhook"): Signer {
  return async (body) => {
    const [id, timestamp] = [`msg_${crypto.randomUUID()}`, secondsNow()];
    const signature = await hmac(bytesOf(WHSEC.slice("whsec_".length)), `${id}.${timestamp}.${body}`);
    return {
      [`${prefix}-id`]: id,
      [`${prefix}-timestamp`]: timestamp,
      [`${prefix}-signature`]: `v1,${base64(signature)}`,
    };
  };
}

export const signResend = signStandard("svix");
export const signGeneric = signStandard("webhook");

export const signPostmark: Signer = async () => ({
  authorization: `Basic ${base64(utf8.encode(SETTINGS.POSTMARK_WEBHOOK_LOGIN))}`,
});

export const KLAVIYO_WEBHOOK = "a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb";

export const signKlaviyo: Signer = async (body) => {
  const timestamp = new Date().toUTCString();
  return {
    "klaviyo-webhook-id": KLAVIYO_WEBHOOK,
    "klaviyo-timestamp": timestamp,
    "klaviyo-signature": hex(await hmac(SETTINGS.KLAVIYO_WEBHOOK_SECRET, body + timestamp)),
  };
};

/** A body as Mailgun signs it. */
export async function mailgunBody(
  event: unknown,
  { token = crypto.randomUUID(), timestamp = secondsNow() } = {},
): Promise<string> {
  const signature = hex(await hmac(SETTINGS.MAILGUN_WEBHOOK_KEY, timestamp + token));
  return JSON.stringify({ signature: { timestamp, token, signature }, "event-data": event });
}

export interface HookReply {
  status: number;
  type: string | null;
  body: HookAnswer & ProblemBody;
}

/** Calls a webhook of a worker that has every provider's secret. */
export async function callHook(
  provider: string,
  body: string,
  headers: Record<string, string> = {},
  settings: Partial<Env> = SETTINGS,
): Promise<HookReply> {
  const response = await app.request(
    `https://edge.example/v1/hooks/${provider}`,
    { method: "POST", body, headers },
    { ...env, ...settings },
    createExecutionContext(),
  );
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: await response.json(),
  };
}

/** Calls it with a signature of its provider's. */
export async function signedHook(provider: string, sign: Signer, payload: unknown): Promise<HookReply> {
  const body = JSON.stringify(payload);
  return callHook(provider, body, await sign(body));
}
