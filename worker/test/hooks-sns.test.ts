import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signedText, snsSchema, snsUrl } from "../src/hooks/sns-message.ts";
import { callHook, type HookReply } from "./kit/hook-signers.ts";
import { amazon, CERTIFICATE_URL, signedSns } from "./kit/sns-signer.ts";

afterEach(() => vi.restoreAllMocks());

async function deliver(...given: Parameters<typeof signedSns>): Promise<HookReply> {
  return callHook("ses", JSON.stringify(await signedSns(...given)));
}

test("what is signed is what Amazon's documentation prints, with the line's end after the last", () => {
  // docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
  const message = snsSchema.parse({
    Type: "Notification",
    MessageId: "4d4dc071-ddbf-465d-bba8-08f81c89da64",
    TopicArn: "arn:aws:sns:us-east-2:123456789012:s4-MySNSTopic-1G1WEFCOXTC0P",
    Subject: "My subject",
    Message: "My Test Message",
    Timestamp: "2019-01-31T04:37:04.321Z",
    SignatureVersion: "1",
    Signature: "",
    SigningCertURL: CERTIFICATE_URL,
    UnsubscribeURL: "https://sns.us-east-2.amazonaws.com/?Action=Unsubscribe",
  });
  expect(signedText(message)).toBe(
    "Message\nMy Test Message\nMessageId\n4d4dc071-ddbf-465d-bba8-08f81c89da64\nSubject\nMy subject\nTimestamp\n2019-01-31T04:37:04.321Z\nTopicArn\narn:aws:sns:us-east-2:123456789012:s4-MySNSTopic-1G1WEFCOXTC0P\nType\nNotification\n",
  );
});

describe("a message of SNS's", () => {
  beforeEach(() => void amazon());

  test.each(["1", "2"] as const)("is taken with signature version %s", async (SignatureVersion) => {
    expect((await deliver({ SignatureVersion })).status).toBe(200);
    expect((await deliver({ SignatureVersion, Subject: "About it" })).status).toBe(200);
  });

  test.each([
    ["another text", { Message: "Goodbye" }],
    ["another subject", { Subject: "Hello" }],
    ["another type", { Type: "UnsubscribeConfirmation" }],
    ["the other version", { SignatureVersion: "1" }],
    ["no base64", { Signature: "§" }],
    ["no signature", { Signature: "" }],
  ])("is refused with %s", async (_what, change) => {
    const message = { ...(await signedSns()), ...change };
    const { status, body } = await callHook("ses", JSON.stringify(message));
    expect([status, body.code]).toEqual([401, "signature_invalid"]);
  });

  test("of a topic that is not the shop's is refused, although SNS signed it", async () => {
    expect((await deliver({ TopicArn: "arn:aws:sns:us-east-1:666666666666:MyTopic" })).status).toBe(401);
  });

  test("that is none is a request of the wrong shape", async () => {
    for (const body of ["{}", "[]", '{"Type":"Other"}', '{"eventType":"Open"}'])
      expect((await callHook("ses", body)).status).toBe(400);
  });
});

describe("a certificate", () => {
  test("is asked for only where SNS keeps them", async () => {
    const fetched = amazon();
    const path = "/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem";
    for (const SigningCertURL of [
      `http://sns.us-east-1.amazonaws.com${path}`,
      `https://evil.example${path}`,
      `https://sns.us-east-1.amazonaws.com.evil.example${path}`,
      `https://evil.example/?https://sns.us-east-1.amazonaws.com${path}`,
      `https://sns.us-east-1.amazonaws.com@evil.example${path}`,
      `https://user:password@sns.us-east-1.amazonaws.com${path}`,
      `https://sns.us-east-1.amazonaws.com:8443${path}`,
      `https://sns.us-east-1.amazonaws.com\\@evil.example${path}`,
      `https://evil-sns.us-east-1.amazonaws.com${path}`,
      `https://sns.bucket.s3.amazonaws.com${path}`,
      `https://s3.us-east-1.amazonaws.com${path}`,
      `https://sns.us-east-1.amazonaws.com/bucket${path}`,
      `https://sns.us-east-1.amazonaws.com${path}?redirect=https://evil.example`,
      "https://sns.us-east-1.amazonaws.com/",
      "not a url",
      "",
    ])
      expect([SigningCertURL, (await deliver({ SigningCertURL })).status]).toEqual([SigningCertURL, 401]);
    expect(fetched).toEqual([]);
  });

  test.each([
    ["is not there", () => new Response("", { status: 404 })],
    ["lies elsewhere", () => Response.redirect("https://evil.example/certificate.pem")],
    ["is none", () => new Response("<html>")],
    ["is empty", () => new Response("")],
    ["is endless", () => new Response("x".repeat(20_000))],
  ])("that %s proves nothing", async (what, answer) => {
    const fetched = amazon(answer);
    const SigningCertURL = CERTIFICATE_URL.replace("f3ecfb", what.replaceAll(" ", "-"));
    expect((await deliver({ SigningCertURL })).status).toBe(401);
    expect(fetched).toEqual([SigningCertURL]);
  });

  test("is fetched once for all messages", async () => {
    const fetched = amazon();
    const SigningCertURL = CERTIFICATE_URL.replace("f3ecfb", "once");
    for (const Message of ["one", "two", "three"])
      expect((await deliver({ SigningCertURL, Message })).status).toBe(200);
    expect(fetched).toEqual([SigningCertURL]);
  });

  test.each([500, 503, 429])(
    "that could not be fetched, for %d, is asked for again, as the message is",
    async (status) => {
      let there = false;
      const fetched = amazon(() => (there ? undefined : new Response("", { status })));
      const SigningCertURL = CERTIFICATE_URL.replace("f3ecfb", `again-${status}`);
      // SNS takes any 4xx for an answer, and the message would be lost.
      expect((await deliver({ SigningCertURL })).status).toBe(500);
      there = true;
      expect((await deliver({ SigningCertURL })).status).toBe(200);
      expect(fetched).toHaveLength(2);
    },
  );
});

describe("a subscription", () => {
  // As docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html prints it.
  const confirmation = {
    Type: "SubscriptionConfirmation",
    MessageId: "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
    Token: "2336412f37f",
    Message:
      "You have chosen to subscribe to the topic arn:aws:sns:us-west-2:123456789012:MyTopic.\nTo confirm the subscription, visit the SubscribeURL included in this message.",
    SubscribeURL:
      "https://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-west-2:123456789012:MyTopic&Token=2336412f37f",
    Timestamp: "2012-04-26T20:45:04.751Z",
  } as const;

  test("is confirmed where SNS says", async () => {
    const fetched = amazon();
    expect((await deliver(confirmation)).status).toBe(200);
    expect(fetched).toContain(confirmation.SubscribeURL);
  });

  test("is not confirmed for a stranger's topic, nor without SNS's signature", async () => {
    const fetched = amazon();
    await deliver({ ...confirmation, TopicArn: "arn:aws:sns:us-east-1:666666666666:MyTopic" });
    const forged = { ...(await signedSns(confirmation)), Token: "another" };
    await callHook("ses", JSON.stringify(forged));
    expect(fetched).not.toContain(confirmation.SubscribeURL);
  });

  test.each([
    "https://evil.example/?Action=ConfirmSubscription",
    "http://sns.us-west-2.amazonaws.com/?Action=ConfirmSubscription",
    "https://sns.us-west-2.amazonaws.com/?Action=DeleteTopic",
    "",
  ])("is confirmed nowhere else: %j", async (SubscribeURL) => {
    const fetched = amazon();
    expect((await deliver({ ...confirmation, SubscribeURL })).status).toBe(401);
    expect(fetched).not.toContain(SubscribeURL);
  });

  test.each([
    ["fails to confirm", () => new Response("", { status: 500 })],
    ["sends elsewhere to confirm", () => Response.redirect("https://evil.example/")],
  ])("that SNS %s is a failure, so that it asks again", async (_what, answer) => {
    amazon((url) => (url.includes("Action=") ? answer() : undefined));
    expect((await deliver(confirmation)).status).toBe(500);
  });

  test("that has ended is left ended", async () => {
    const fetched = amazon();
    expect((await deliver({ ...confirmation, Type: "UnsubscribeConfirmation" })).status).toBe(200);
    expect(fetched).not.toContain(confirmation.SubscribeURL);
  });
});

test.each([
  ["https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription", true],
  ["https://sns.cn-north-1.amazonaws.com.cn/", true],
  ["https://sns.us-gov-west-1.amazonaws.com/", true],
  ["https://sns.amazonaws.com/", false],
  ["https://sns..amazonaws.com/", false],
  ["https://SNS.us-east-1.AMAZONAWS.com/", true],
  ["javascript://sns.us-east-1.amazonaws.com/", false],
])("%s is SNS's own: %j", (address, own) => {
  expect(snsUrl(address) !== undefined).toBe(own);
});
