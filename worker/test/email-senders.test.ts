import { describe, expect, test } from "vitest";
import { EMAIL_SENDERS } from "../src/email/email-senders.ts";
import { CONTENT, DUE, KEY, provider, send, useProvider } from "./kit/email-call.ts";

// What each provider's documentation asks of a call: its address stands in the adapter.

useProvider();

describe("Resend", () => {
  test("takes an e-mail with the shop's words, its key and its tags", async () => {
    const { received, call, body } = await send("resend", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/emails"]);
    expect(call.headers).toMatchObject({
      authorization: "Bearer a-key",
      "content-type": "application/json",
      "idempotency-key": KEY,
    });
    expect(body).toEqual({
      from: "Tarnfell <shop@tarnfell.example>",
      to: ["ada@shop.example"],
      ...CONTENT,
      tags: [
        { name: "customer_id", value: "ada-17" },
        { name: "journey", value: "cart-rescue" },
      ],
    });
  });

  test("takes a template of its own, and no tag that it would refuse", async () => {
    const { body } = await send("resend", {}, {}, "ada@shop.example");
    expect(body).toMatchObject({
      template: { id: "cart-reminder", variables: { product: "Fellrunner & Co" } },
      tags: [{ name: "journey", value: "cart-rescue" }],
    });
    expect(body).not.toHaveProperty("subject");
  });

  test("has it when the key was used before, and is asked again while a first call is on its way", async () => {
    provider.reply = () => ({ status: 409, body: '{"name":"invalid_idempotent_request"}' });
    expect((await send("resend")).received).toEqual({ received: true });
    provider.reply = () => ({ status: 409, body: '{"name":"concurrent_idempotent_requests"}' });
    expect((await send("resend")).received).toEqual({ received: false });
  });
});

describe("Postmark", () => {
  test("takes an e-mail with the shop's words, on the stream for many", async () => {
    const { received, call, body } = await send("postmark", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/email"]);
    expect(call.headers).toMatchObject({ accept: "application/json", "x-postmark-server-token": "a-key" });
    expect(body).toEqual({
      From: "Tarnfell <shop@tarnfell.example>",
      To: "ada@shop.example",
      Subject: "Your cart",
      HtmlBody: "<p>Hello</p>",
      TextBody: "Hello",
      MessageStream: "broadcast",
      Tag: "cart-rescue",
      Metadata: { customer_id: "ada-17", murmur_key: KEY },
    });
  });

  test.for([
    ["cart-reminder", { TemplateAlias: "cart-reminder" }],
    ["1234", { TemplateId: 1234 }],
  ] as const)("takes the template %s of its own", async ([template, id]) => {
    const { call, body } = await send("postmark", { template }, { POSTMARK_STREAM: "outbound" });
    expect(call.path).toBe("/email/withTemplate");
    expect(body).toMatchObject({
      ...id,
      TemplateModel: { product: "Fellrunner & Co" },
      MessageStream: "outbound",
    });
  });
});

describe("SendGrid", () => {
  test("takes an e-mail with the shop's words, plain text first", async () => {
    provider.reply = () => ({ status: 202, body: "" });
    const { received, call, body } = await send("sendgrid", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/v3/mail/send"]);
    expect(call.headers["authorization"]).toBe("Bearer a-key");
    expect(body).toEqual({
      from: { email: "shop@tarnfell.example", name: "Tarnfell" },
      personalizations: [
        { to: [{ email: "ada@shop.example" }], custom_args: { customer_id: "ada-17", murmur_key: KEY } },
      ],
      subject: "Your cart",
      content: [
        { type: "text/plain", value: "Hello" },
        { type: "text/html", value: "<p>Hello</p>" },
      ],
      categories: ["cart-rescue"],
    });
  });

  test("takes a dynamic template of its own", async () => {
    const { body } = await send("sendgrid", { template: "d-1" }, { EMAIL_FROM: "shop@tarnfell.example" });
    expect(body).toMatchObject({
      from: { email: "shop@tarnfell.example" },
      template_id: "d-1",
      personalizations: [{ dynamic_template_data: { product: "Fellrunner & Co" } }],
    });
  });
});

describe("Mailgun", () => {
  test("takes an e-mail with the shop's words, as a form", async () => {
    const { received, call } = await send("mailgun", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/v3/mg.tarnfell.example/messages"]);
    expect(call.headers).toMatchObject({
      authorization: `Basic ${btoa("api:a-key")}`,
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(Object.fromEntries(new URLSearchParams(call.body))).toEqual({
      from: "Tarnfell <shop@tarnfell.example>",
      to: "ada@shop.example",
      ...CONTENT,
      "o:tag": "cart-rescue",
      "v:customer_id": "ada-17",
      "v:murmur_key": KEY,
    });
  });

  test("takes a template of its own, and waits for its domain to be set", async () => {
    const { call } = await send("mailgun");
    const fields = new URLSearchParams(call.body);
    expect(fields.get("template")).toBe("cart-reminder");
    expect(JSON.parse(fields.get("t:variables")!)).toEqual({ product: "Fellrunner & Co" });
    provider.arrived.length = 0;
    await expect(send("mailgun", {}, { MAILGUN_DOMAIN: "" })).rejects.toThrow();
    expect(provider.arrived).toEqual([]);
  });
});

describe("Klaviyo", () => {
  test("takes an event that a flow sends by, once by its unique id", async () => {
    provider.reply = () => ({ status: 202, body: "" });
    const { received, call, body } = await send("klaviyo");
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/api/events"]);
    expect(call.headers).toMatchObject({
      authorization: "Klaviyo-API-Key a-key",
      revision: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      "content-type": "application/vnd.api+json",
    });
    expect(body).toEqual({
      data: {
        type: "event",
        attributes: {
          unique_id: KEY,
          time: new Date(DUE).toISOString(),
          properties: { product: "Fellrunner & Co", journey: "cart-rescue" },
          metric: { data: { type: "metric", attributes: { name: "cart-reminder" } } },
          profile: {
            data: { type: "profile", attributes: { email: "ada@shop.example", external_id: "ada-17" } },
          },
        },
      },
    });
  });
});

describe.for(Object.keys(EMAIL_SENDERS))("%s", (name) => {
  test("is asked again when it is busy or broken, after as long as it says", async () => {
    provider.reply = () => ({ status: 429, headers: { "retry-after": "17" } });
    expect((await send(name)).received).toEqual({ received: false, retryAfter: 17 });
    provider.reply = () => ({ status: 503 });
    expect((await send(name)).received).toEqual({ received: false });
    const soon = new Date(Date.now() + 60_000).toUTCString();
    provider.reply = () => ({ status: 503, headers: { "retry-after": soon } });
    const { received } = await send(name);
    expect(received).toMatchObject({ received: false, retryAfter: expect.any(Number) });
    expect((received as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(60);
  });

  test("is not asked again for what it will never take, but is when the key may be set wrongly", async () => {
    provider.reply = () => ({ status: 422, body: '{"message":"no"}' });
    expect((await send(name)).received).toEqual({ received: false, final: true });
    provider.reply = () => ({ status: 401 });
    expect((await send(name)).received).toEqual({ received: false });
  });

  test("is given the very same call however often it is tried", async () => {
    const env = { TOKEN_SECRET: "a-secret-of-the-tests-of-32-bytes-or-more" };
    await send(name, {}, env);
    await send(name, {}, env);
    const [first, second] = provider.arrived.map(({ headers, body }) => [headers["idempotency-key"], body]);
    expect(second).toEqual(first);
  });

  test("is not followed where it leads elsewhere", async () => {
    provider.reply = () => ({ status: 302, headers: { location: "https://elsewhere.example/" } });
    expect((await send(name)).received).toEqual({ received: false });
  });
});
