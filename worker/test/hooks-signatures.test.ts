import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Env } from "../src/env.ts";
import { rawSignature } from "../src/hooks/der-signature.ts";
import type { HookCall } from "../src/hooks/email-provider.ts";
import { emailProviders } from "../src/hooks/email-providers.ts";
import type { UsedTokens } from "../src/hooks/used-tokens.ts";
import { Problem } from "../src/wire/problem.ts";
import {
  callHook,
  der,
  hex,
  hmac,
  KLAVIYO_WEBHOOK,
  signGeneric,
  signKlaviyo,
  signPostmark,
  signResend,
  signSendgrid,
  WHSEC,
  type Signer,
} from "./kit/hook-signers.ts";

const noTokens: UsedTokens = { take: async () => true, useUp: async () => {} };

/** What a provider makes of a call at an instant: the number of its events, or the problem's code. */
async function opened(
  provider: string,
  given: { body: string; headers?: Record<string, string>; settings: Partial<Env>; now: number },
): Promise<number | string> {
  const call: HookCall = {
    body: given.body,
    headers: new Headers(given.headers),
    env: { ...env, ...given.settings },
    tokens: noTokens,
    now: given.now,
  };
  try {
    return (await emailProviders.get(provider)!.open(call)).events.length;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe("SendGrid's own test vector", () => {
  // sendgrid/sendgrid-nodejs, packages/eventwebhook/src/eventwebhook.spec.js. Its body is an object and no list of
  // events, so one that is authentic is told by the next complaint.
  const vector = {
    body: JSON.stringify({ category: "example_payload", event: "test_event", message_id: "message_id" }),
    headers: {
      "X-Twilio-Email-Event-Webhook-Timestamp": "1588788367",
      "X-Twilio-Email-Event-Webhook-Signature":
        "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=",
    },
    settings: {
      SENDGRID_WEBHOOK_KEY:
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==",
    },
    now: 1_588_788_367_000,
  };
  const withHeader = (name: string, value: string) => ({ headers: { ...vector.headers, [name]: value } });

  test("is authentic", async () => {
    expect(await opened("sendgrid", vector)).toBe("invalid_request");
    // SendGrid tries for a day to deliver it.
    expect(await opened("sendgrid", { ...vector, now: vector.now + 24 * 3_600_000 })).toBe("invalid_request");
  });

  test.each([
    [
      "another key",
      {
        settings: {
          SENDGRID_WEBHOOK_KEY:
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==",
        },
      },
    ],
    ["another body", { body: "payload" }],
    [
      "another signature",
      withHeader(
        "X-Twilio-Email-Event-Webhook-Signature",
        "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH3j/0=",
      ),
    ],
    ["no timestamp", withHeader("X-Twilio-Email-Event-Webhook-Timestamp", "timestamp")],
    ["another timestamp", withHeader("X-Twilio-Email-Event-Webhook-Timestamp", "1588788368")],
    ["no base64", withHeader("X-Twilio-Email-Event-Webhook-Signature", "!")],
    ["a day gone by", { now: vector.now + 25 * 3_600_000 + 1 }],
    ["an instant long before", { now: vector.now - 25 * 3_600_000 - 1 }],
    ["a key that is none", { settings: { SENDGRID_WEBHOOK_KEY: "AAAA" } }],
    ["a key that is no base64", { settings: { SENDGRID_WEBHOOK_KEY: "§" } }],
    ["no key at all", { settings: {} }],
  ])("is not, with %s", async (_what, change) => {
    expect(await opened("sendgrid", { ...vector, ...change })).toBe("signature_invalid");
  });
});

describe("the example of Svix's documentation", () => {
  // docs.svix.com/receiving/verifying-payloads/how
  const vector = {
    body: '{"test": 2432232314}',
    headers: {
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    settings: { RESEND_WEBHOOK_SECRET: WHSEC },
    now: 1_614_265_330_000,
  };
  const signature = vector.headers["svix-signature"];
  const withHeader = (name: string, value: string) => ({ headers: { ...vector.headers, [name]: value } });

  test("is authentic, also among signatures of other secrets and versions", async () => {
    expect(await opened("resend", vector)).toBe(1);
    const several = `v1a,AAAA v1,AAAA ${signature}`;
    expect(await opened("resend", { ...vector, ...withHeader("svix-signature", several) })).toBe(1);
    expect(await opened("resend", { ...vector, now: vector.now + 300_000 })).toBe(1);
  });

  test.each([
    ["another body", { body: '{"test": 2432232315}' }],
    ["another id", withHeader("svix-id", "msg_other")],
    ["another timestamp", withHeader("svix-timestamp", "1614265331")],
    ["no number for a timestamp", withHeader("svix-timestamp", "Infinity")],
    ["no version", withHeader("svix-signature", signature.slice(3))],
    ["another version", withHeader("svix-signature", signature.replace("v1", "v2"))],
    ["no signature", withHeader("svix-signature", "")],
    ["more than five minutes gone by", { now: vector.now + 300_001 }],
    ["more than five minutes before", { now: vector.now - 300_001 }],
    ["another secret", { settings: { RESEND_WEBHOOK_SECRET: "whsec_AAAA" } }],
    ["an empty secret", { settings: { RESEND_WEBHOOK_SECRET: "whsec_" } }],
    ["a secret that is no base64", { settings: { RESEND_WEBHOOK_SECRET: "whsec_§" } }],
  ])("is not, with %s", async (_what, change) => {
    expect(await opened("resend", { ...vector, ...change })).toBe("signature_invalid");
  });
});

describe("Klaviyo's scheme", () => {
  // The instant and the webhook's id of developers.klaviyo.com/en/docs/working_with_system_webhooks, which prints neither
  // body nor secret: the signature is OpenSSL's, over body and timestamp.
  const vector = {
    body: `{"data":[{"external_id":"4L3cwQae2TX","topic":"event:klaviyo.sent_sms"}],"meta":{"klaviyo_webhook_id":"${KLAVIYO_WEBHOOK}"}}`,
    headers: {
      "Klaviyo-Webhook-Id": KLAVIYO_WEBHOOK,
      "Klaviyo-Timestamp": "Thu, 04 Jan 2024 18:05:25 GMT",
      "Klaviyo-Signature": "5aa0e720d80b3a04ca04baf3c65cdfe31da57504af69fee8da29c35d45f0596b",
    },
    settings: { KLAVIYO_WEBHOOK_SECRET: "klaviyo-test-secret" },
    now: 1_704_391_525_000,
  };

  test("is authentic", async () => expect(await opened("klaviyo", vector)).toBe(1));

  test.each([
    ["another body", { body: vector.body.replace("sent_sms", "sent_sms ") }],
    ["another secret", { settings: { KLAVIYO_WEBHOOK_SECRET: "another" } }],
    ["more than five minutes gone by", { now: vector.now + 300_001 }],
    ["another webhook's id", { headers: { ...vector.headers, "Klaviyo-Webhook-Id": "another" } }],
    [
      "the signature that the documentation prints",
      {
        headers: {
          ...vector.headers,
          "Klaviyo-Signature": "e6c00e313eaea50ca3b89a7de5a782a2014f96fb8315c065898c669d831912d1",
        },
      },
    ],
    ["no headers", { headers: {} }],
  ])("is not, with %s", async (_what, change) => {
    expect(await opened("klaviyo", { ...vector, ...change })).toBe("signature_invalid");
  });

  test("asks for a date that is one, although it is signed", async () => {
    const signature = hex(await hmac("klaviyo-test-secret", `${vector.body}soon`));
    const headers = { ...vector.headers, "Klaviyo-Timestamp": "soon", "Klaviyo-Signature": signature };
    expect(await opened("klaviyo", { ...vector, headers })).toBe("signature_invalid");
  });
});

describe("an ECDSA signature in DER", () => {
  test("becomes the two numbers side by side, however short or long they are written", () => {
    for (const fill of [0x01, 0x7f, 0x80, 0xff]) {
      const raw = new Uint8Array(64).fill(fill);
      raw.fill(0, 0, 3);
      expect(rawSignature(der(raw))).toEqual(raw);
    }
  });

  const good = [...der(new Uint8Array(64).fill(0x11))];
  test.each([
    ["nothing", []],
    ["no sequence", [0x31, ...good.slice(1)]],
    ["one that says it is longer", [0x30, good.length, ...good.slice(2)]],
    ["more after it", [...good, 0]],
    ["a third number within", [0x30, good[1]! + 3, ...good.slice(2), 0x02, 1, 1]],
    ["one number alone", [0x30, 34, ...good.slice(2, 36)]],
    ["no integer", [0x30, good[1]!, 0x03, ...good.slice(3)]],
    ["a number of no digits", [0x30, 4, 0x02, 0, 0x02, 0]],
    ["a number that reaches beyond", [0x30, 4, 0x02, 40, 1, 1]],
    ["a number that is too large", [0x30, 38, 0x02, 33, ...Array.from({ length: 33 }, () => 1), 0x02, 1, 1]],
  ])("is none when it is %s", (_what, bytes) => {
    expect(rawSignature(Uint8Array.from(bytes))).toBeUndefined();
  });
});

/** Calls that are authentic but bring nothing: what is changed of them is what they are refused for. */
const AUTHENTIC: readonly (readonly [string, string, Signer])[] = [
  ["sendgrid", "[]", signSendgrid],
  ["postmark", "{}", signPostmark],
  ["resend", "{}", signResend],
  ["klaviyo", `{"data":[],"meta":{"klaviyo_webhook_id":"${KLAVIYO_WEBHOOK}"}}`, signKlaviyo],
  ["generic", '{"events":[]}', signGeneric],
];

describe.each(AUTHENTIC)("%s", (provider, body, sign) => {
  test("takes what bears its signature", async () => {
    expect((await callHook(provider, body, await sign(body))).status).toBe(200);
  });

  test("answers everything else with one and the same problem", async () => {
    const signed = await sign(body);
    const forged = Object.entries(signed).map(([name, value]) => ({ ...signed, [name]: `${value}0` }));
    const missing = Object.keys(signed).map((name) => ({ ...signed, [name]: "" }));
    const answers = await Promise.all(
      [...forged, ...missing, {}].map((headers) => callHook(provider, body, headers)),
    );
    for (const { status, type, body } of answers) {
      expect([status, type]).toEqual([401, "application/problem+json"]);
      expect(body).toEqual(answers[0]!.body);
    }
  });

  test("takes nothing where its secret is not set, and says which", async () => {
    const { status, body: problem } = await callHook(provider, body, await sign(body), {});
    expect([status, problem.code]).toEqual([401, "signature_invalid"]);
    expect(problem.detail).toMatch(/has no [A-Z_]+: set it/);
  });
});

test.each([
  ["only a part of the password", "Basic cG9zdG1hcms6YSBwYXNzd29yZA=="],
  ["the login without its scheme", btoa("postmark:password")],
  ["an empty password", "Basic Og=="],
])("Postmark's login is not %s", async (_what, authorization) => {
  expect((await callHook("postmark", "{}", { authorization })).status).toBe(401);
});
