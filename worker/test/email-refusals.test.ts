import { describe, expect, test, vi } from "vitest";
import { emailSettings, provider, send } from "./kit/email-call.ts";

describe("Postmark's answer", () => {
  test.for([
    [400, "The 'From' address you supplied is not a Sender Signature on your account."],
    [401, "The Sender Signature is not confirmed."],
    [405, "Your account has run out of credits."],
    [412, "While your account is pending approval, all recipient addresses must share the same domain."],
    [413, "Your account has been disabled for sending."],
    [1101, "The Template's alias associated with this request is not valid or was not found."],
    [1235, "The stream provided: 'offers' does not exist on this server."],
  ] as const)("422 for a setting is one for now: %i", async ([ErrorCode, Message]) => {
    await provider.plan("postmark", { status: 422, body: JSON.stringify({ ErrorCode, Message }) });
    expect((await send("postmark")).received).toEqual({ received: false });
  });

  test("422 for a recipient that it knows for dead, or for the call itself, is one for ever", async () => {
    for (const ErrorCode of [406, 300]) {
      await provider.plan("postmark", { status: 422, body: JSON.stringify({ ErrorCode, Message: "No." }) });
      expect((await send("postmark")).received).toEqual({ received: false, final: true });
    }
  });

  test("comes from its usual address, of its usual stream, where settings are there and empty", async () => {
    const { body } = await send("postmark", {}, { POSTMARK_STREAM: "" });
    expect(body).toMatchObject({ MessageStream: "broadcast" });
    const asked = vi.spyOn(globalThis, "fetch");
    // Out there is nobody.
    expect((await send("postmark", {}, { EMAIL_API_URL: "" })).received).toEqual({ received: false });
    const [address] = asked.mock.calls[0]!;
    asked.mockRestore();
    expect(address).toBe("https://api.postmarkapp.com/email/withTemplate");
  });
});

test("an API's address may end in a slash", async () => {
  const { EMAIL_API_URL } = emailSettings("mailgun");
  const { call } = await send("mailgun", {}, { EMAIL_API_URL: `${EMAIL_API_URL}//` });
  expect([call.path, call.status]).toEqual(["/v3/mg.tarnfell.example/messages", 200]);
});

test("a bill that is not paid is a setting: it comes again", async () => {
  await provider.plan("mailgun", { status: 402, body: "{}" });
  expect((await send("mailgun")).received).toEqual({ received: false });
});
