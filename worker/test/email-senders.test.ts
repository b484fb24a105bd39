import { describe, expect, test } from "vitest";
import { EMAIL_SENDERS } from "../src/email/email-senders.ts";
import { CONTENT, DUE, KEY, provider, send } from "./kit/email-call.ts";

// By a local server that checks each call as the provider's documentation describes it, and refuses what it would refuse:
// test/kit/mail-providers. What is expected here beside that is what the shop gets out of it.

describe("Resend", () => {
  test("takes an e-mail with the shop's words, its key and its tags", async () => {
    const { received, call, body } = await send("resend", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/emails"]);
    expect(call.headers).toMatchObject({
      authorization: "Bearer a-key-of-the-shop",
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
    await send("resend", { content: CONTENT });
    const { received, call } = await send("resend", { content: { ...CONTENT, subject: "Still your cart" } });
    expect([received, call.status]).toEqual([{ received: true }, 409]);
    await provider.plan("resend", { status: 409, body: '{"name":"concurrent_idempotent_requests"}' });
    expect((await send("resend")).received).toEqual({ received: false });
  });
});

describe("Postmark", () => {
  test("takes an e-mail with the shop's words, on the stream for many", async () => {
    const { received, call, body } = await send("postmark", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/email"]);
    expect(call.headers).toMatchObject({
      accept: "application/json",
      "x-postmark-server-token": "a-key-of-the-shop",
    });
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
    const { received, call, body } = await send("sendgrid", { content: CONTENT });
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/v3/mail/send"]);
    expect(call.headers["authorization"]).toBe("Bearer a-key-of-the-shop");
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
      authorization: `Basic ${btoa("api:a-key-of-the-shop")}`,
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
    expect((await send("mailgun", {}, { MAILGUN_DOMAIN: "" })).received).toEqual({ received: false });
    expect(await provider.arrived("mailgun")).toHaveLength(1);
  });
});

describe("Klaviyo", () => {
  test("takes an event that a flow sends by, once by its unique id", async () => {
    const { received, call, body } = await send("klaviyo");
    expect(received).toEqual({ received: true });
    expect([call.method, call.path]).toEqual(["POST", "/api/events"]);
    expect(call.headers).toMatchObject({
      authorization: "Klaviyo-API-Key a-key-of-the-shop",
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
  /** What the shop's own words, and a template of the provider's, come to at most and at least. */
  const mails = [{ content: CONTENT }, { content: { subject: "Your cart", html: "<p>Hello</p>" } }, {}];

  test("takes what is sent to it, of customers and of devices", async () => {
    for (const mail of mails)
      for (const customer of ["ada-17", "a customer <of> ünicode & more", "x".repeat(256), ""])
        expect((await send(name, mail, {}, customer)).received, `${customer} ${mail}`).toEqual({
          received: true,
        });
  });

  test("takes data of every kind, and a text that came out empty", async () => {
    const data = { "cart items": [{ name: "Fellrunner", price: 139 }], total: 139.5, gift: true, none: null };
    expect((await send(name, { data })).received).toEqual({ received: true });
    expect((await send(name, { content: { ...CONTENT, text: "" } })).received).toEqual({ received: true });
  });

  test("takes an e-mail of a journey whose name is not in ASCII, or is as long as may be", async () => {
    for (const journey of ["Rückholaktion 🛒", "j".repeat(128)])
      expect((await send(name, {}, {}, "ada-17", journey)).received, journey).toEqual({ received: true });
  });

  test("is asked again when it is busy or broken, after as long as it says", async () => {
    await provider.plan(name, 429, 500, { status: 503, headers: { "retry-after": "17" } });
    const [busy, broken, down] = [await send(name), await send(name), await send(name)];
    expect(busy.received).toMatchObject({ received: false });
    expect(busy.received).not.toHaveProperty("final");
    expect(broken.received).toEqual({ received: false });
    expect(down.received).toEqual({ received: false, retryAfter: 17 });
    const soon = new Date(Date.now() + 60_000).toUTCString();
    await provider.plan(name, { status: 503, headers: { "retry-after": soon } });
    const { received } = await send(name);
    expect(received).toMatchObject({ received: false, retryAfter: expect.any(Number) });
    expect((received as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(60);
  });

  test("is not asked again for what it will never take, but is when the key may be set wrongly", async () => {
    await provider.plan(name, 422);
    expect((await send(name)).received).toEqual({ received: false, final: true });
    const { received, call } = await send(name, {}, { EMAIL_API_KEY: "another-key" });
    expect([received, call.status]).toEqual([{ received: false }, 401]);
  });

  test("is given the very same call however often it is tried", async () => {
    const env = { TOKEN_SECRET: "a-secret-of-the-tests-of-32-bytes-or-more" };
    await send(name, {}, env);
    await send(name, {}, env);
    const calls = await provider.arrived(name);
    const [first, second] = calls.map(({ headers, body }) => [headers["idempotency-key"], body]);
    expect(second).toEqual(first);
  });

  test("is not followed where it leads elsewhere", async () => {
    await provider.plan(name, { status: 302, headers: { location: "https://elsewhere.example/" } });
    expect((await send(name)).received).toEqual({ received: false });
  });

  test("would refuse it without any part that the documentation asks for", async () => {
    for (const mail of mails) {
      const { call } = await send(name, mail);
      const isForm = call.headers["content-type"]!.includes("urlencoded");
      const bodies = isForm ? formsWithout(call.body) : jsonsWithout(JSON.parse(call.body) as object);
      const headers = WITHOUT_HEADERS[name]!.map((header) => {
        const { [header]: _left, ...others } = call.headers;
        return { ...call, headers: others };
      });
      const wrong = [
        ...headers,
        ...bodies.filter(([part]) => MUST_HAVE[name]!.test(part)).map(([, body]) => ({ ...call, body })),
        { ...call, method: "PUT" },
        { ...call, path: `${call.path}s` },
        { ...call, body: call.body.replace(/ada(@|%40)/, "ada ") },
      ];
      expect(wrong.length).toBeGreaterThan(6);
      for (const each of wrong) {
        const { status } = await provider.call(name, each);
        expect(status, JSON.stringify(each)).toBeGreaterThanOrEqual(400);
      }
    }
  });
});

const WITHOUT_HEADERS: Readonly<Record<string, readonly string[]>> = {
  resend: ["authorization", "content-type"],
  postmark: ["x-postmark-server-token", "content-type", "accept"],
  sendgrid: ["authorization", "content-type", "accept"],
  mailgun: ["authorization", "content-type"],
  klaviyo: ["authorization", "content-type", "revision"],
};

/** Parts of a body that a call must have, as far as it has them. */
const MUST_HAVE: Readonly<Record<string, RegExp>> = {
  resend: /^(from|to|subject|template|template\.id)$/,
  postmark: /^(From|To|Subject|TemplateAlias|TemplateModel|MessageStream)$/,
  sendgrid: /^(from|from\.email|personalizations|subject|content|template_id)$/,
  mailgun: /^(from|to|subject|template)$/,
  klaviyo:
    /^data(\.type|\.attributes(\.(properties|metric(\.data.*)?|profile(\.data(\.type|\.attributes)?)?))?)?$/,
};

/** A body without each of its parts, by the path of what is missing. */
function jsonsWithout(body: object): [string, string][] {
  const paths = (value: unknown, path: readonly string[]): string[][] =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, each]) => [[...path, key], ...paths(each, [...path, key])])
      : [];
  return paths(body, []).map((path) => {
    const copy = structuredClone(body) as Record<string, unknown>;
    const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, copy);
    delete parent[path.at(-1)!];
    return [path.join("."), JSON.stringify(copy)];
  });
}

function formsWithout(body: string): [string, string][] {
  return [...new URLSearchParams(body).keys()].map((name) => {
    const form = new URLSearchParams(body);
    form.delete(name);
    return [name, form.toString()];
  });
}
