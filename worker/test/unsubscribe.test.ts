import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Env } from "../src/env.ts";
import { unsubscribeToken, unsubscribing } from "../src/identity/unsubscribe-token.ts";
import type { ProfileAddress } from "../src/profile/profile-address.ts";
import { event, fetchEdge, newDevice, SECRET, sync, token } from "./kit/call.ts";
import { CONTENT, provider, send } from "./kit/email-call.ts";
import { effectCalls, leftCart } from "./kit/left-cart.ts";
import { segment } from "./kit/segment-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

const EDGE: Partial<Env> = { EDGE_URL: "https://edge.example", TOKEN_SECRET: SECRET, PROFILE: env.PROFILE };

/** Where no worker of its own answers: a host alone, another scheme, a path, which it has none of. */
const WRONG = ["edge.example", "localhost:8787", "ftp://edge.example", "https://shop.example/edge"];

const linkOf = async (kind: ProfileAddress["kind"], id: string): Promise<string> =>
  `/v1/unsubscribe/${await unsubscribeToken(env as Env, { kind, id })}`;

/** As a mail program does on one click. */
const oneClick = (link: string): Promise<Response> =>
  fetchEdge(link, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://mail.example" },
    body: "List-Unsubscribe=One-Click",
  });

/** How often the person has unsubscribed, by their own copy. */
async function timesUnsubscribed(authorization: string): Promise<number> {
  const { entries } = await (
    await fetchEdge("/v1/profile", { headers: { authorization } })
  ).json<{ entries: { name?: string }[] }>();
  return entries.filter(({ name }) => name === "Unsubscribed").length;
}

describe("an e-mail says how to have no more of them", () => {
  /** The e-mail's own headers, where each provider takes them. */
  const READ: Readonly<Record<string, (call: { body: string }) => unknown>> = {
    resend: ({ body }) => (JSON.parse(body) as { headers: unknown }).headers,
    sendgrid: ({ body }) => (JSON.parse(body) as { headers: unknown }).headers,
    postmark: ({ body }) =>
      Object.fromEntries(
        (JSON.parse(body) as { Headers: { Name: string; Value: string }[] }).Headers.map(
          ({ Name, Value }) => [Name, Value],
        ),
      ),
    mailgun: ({ body }) =>
      Object.fromEntries(
        [...new URLSearchParams(body)].flatMap(([name, value]) =>
          name.startsWith("h:") ? [[name.slice(2), value]] : [],
        ),
      ),
  };

  test.each(Object.keys(READ))("in its headers, by %s", async (name) => {
    for (const mail of [{ content: CONTENT }, {}]) {
      const { received, call } = await send(name, mail, EDGE);
      expect(received).toEqual({ received: true });
      expect(READ[name]!(call)).toEqual({
        "List-Unsubscribe": `<https://edge.example${await linkOf("customer", "ada-17")}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      });
    }
  });

  test("in the shop's words, and in the data of a provider's template", async () => {
    const html = '<p>Hello</p><a href="murmur:unsubscribe">No more</a>';
    const { body } = await send(
      "resend",
      { content: { subject: "s", html, text: "No more: murmur:unsubscribe" } },
      EDGE,
    );
    const address = `https://edge.example${await linkOf("customer", "ada-17")}`;
    expect(body).toMatchObject({
      html: `<p>Hello</p><a href="${address}">No more</a>`,
      text: `No more: ${address}`,
    });
    const { body: template } = await send("postmark", {}, EDGE);
    expect(template["TemplateModel"]).toMatchObject({ murmur_unsubscribe: address });
  });

  test("or waits, where its words lead there and nobody has said where that is", async () => {
    const content = { subject: "s", html: '<a href="murmur:unsubscribe">No more</a>' };
    const missing = [{ EDGE_URL: "" }, { TOKEN_SECRET: "" }, ...WRONG.map((EDGE_URL) => ({ EDGE_URL }))];
    for (const each of missing)
      expect((await send("resend", { content }, { ...EDGE, ...each })).received).toEqual({
        received: false,
      });
    expect(await provider.arrived("resend")).toEqual([]);
  });

  test.each(WRONG)("and says nothing where %s is no address of a worker", async (EDGE_URL) => {
    const { received, body } = await send("resend", {}, { ...EDGE, EDGE_URL });
    expect([received, body["headers"]]).toEqual([{ received: true }, undefined]);
  });

  test("without promising one click by an address that is not secure", async () => {
    const { body } = await send("resend", {}, { ...EDGE, EDGE_URL: "http://localhost:8787/" });
    const link = `<http://localhost:8787${await linkOf("customer", "ada-17")}>`;
    expect(body["headers"]).toEqual({ "List-Unsubscribe": link });
  });
});

test("one click records it once, and what waits goes to nobody", async () => {
  const { customer, stub } = await leftCart(2);
  expect(await effectCalls(stub, "send")).toHaveLength(1);
  const link = await linkOf("customer", customer);
  const answer = await oneClick(link);
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  await oneClick(link);
  const authorization = `Bearer ${await token(customer)}`;
  expect(await timesUnsubscribed(authorization)).toBe(1);
  expect(await effectCalls(stub, "send")).toEqual([]);
  // Who has come back may leave again, by the same e-mail.
  await segment("track", { userId: customer, event: "Subscribed" });
  await oneClick(link);
  await oneClick(link);
  expect(await timesUnsubscribed(authorization)).toBe(2);
});

test("opening the link only asks: the page's button does it", async () => {
  const { customer } = await leftCart(2);
  const link = await linkOf("customer", customer);
  const asked = await fetchEdge(link);
  const page = await asked.text();
  expect(asked.headers.get("content-type")).toContain("text/html");
  expect(asked.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(page).toContain('<form method="post">');
  expect((await fetchEdge(link, { method: "HEAD" })).status).toBe(200);
  expect(page).not.toContain(customer);
  const authorization = `Bearer ${await token(customer)}`;
  expect(await timesUnsubscribed(authorization)).toBe(0);
  await fetchEdge(link, { method: "POST", headers: { origin: "https://edge.example" } });
  expect(await timesUnsubscribed(authorization)).toBe(1);
});

test.each([
  ["de-AT,de;q=0.9,en;q=0.8", "de", "Abmelden"],
  ["it, fr-CA;q=0.7, es;q=0.3", "fr", "Se désabonner"],
  ["es;q=0.1, en;q=0", "es", "Darse de baja"],
  ["DE", "de", "Abmelden"],
  ["it", "en", "Unsubscribe"],
  ["constructor, *", "en", "Unsubscribe"],
  ["", "en", "Unsubscribe"],
])("the page is in its reader's language: %s", async (languages, language, button) => {
  const { customer } = await leftCart(2);
  const link = await linkOf("customer", customer);
  const headers = { "accept-language": languages };
  const asked = await (await fetchEdge(link, { headers })).text();
  expect(asked).toContain(`<html lang="${language}">`);
  expect(asked).toContain(`<button>${button}</button>`);
  const done = await (await fetchEdge(link, { method: "POST", headers })).text();
  expect(done).toContain(`<html lang="${language}">`);
});

test("a device's e-mail unsubscribes the customer that its reader has become", async () => {
  const [device, customer] = [newDevice(), newDevice()];
  const consent = { analytics: true, personalization: true, marketing: true };
  await sync(device, [event("Page Viewed")], { consent });
  const link = await linkOf("device", device);
  await sync(device, [], { consent, identity: await token(customer) });
  await oneClick(link);
  expect(await timesUnsubscribed(`Bearer ${await token(customer)}`)).toBe(1);
});

test("what was said on a device counts with the customer whose it becomes, who had said it before and come back", async () => {
  const [device, customer] = [newDevice(), newDevice()];
  const consent = { analytics: true, personalization: true, marketing: true };
  await segment("track", { userId: customer, event: "Page Viewed" });
  await oneClick(await linkOf("customer", customer));
  await segment("track", { userId: customer, event: "Subscribed" });
  await sync(device, [event("Page Viewed")], { consent });
  await oneClick(await linkOf("device", device));
  await sync(device, [], { consent, identity: await token(customer) });
  expect(await timesUnsubscribed(`Bearer ${await token(customer)}`)).toBe(2);
});

test("who was erased does not come back by it", async () => {
  const { customer, stub } = await leftCart(2);
  const link = await linkOf("customer", customer);
  const authorization = `Bearer ${await token(customer)}`;
  await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization } });
  expect((await oneClick(link)).status).toBe(200);
  expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
  expect(await storedIn(profileOf("customer", customer))).toEqual({ rows: [], alarm: null });
});

test("who may be written to may also say no to it, where nobody was asked yet whether to record", async () => {
  const [customer, device] = [newDevice(), newDevice()];
  const authorization = `Bearer ${await token(customer)}`;
  await segment("track", { userId: customer, event: "Product Added" });
  const consent = { personalization: true, marketing: true };
  await sync(device, [], { consent, identity: await token(customer) });
  await segment("track", { userId: customer, event: "Product Added" });
  await oneClick(await linkOf("customer", customer));
  expect(await timesUnsubscribed(authorization)).toBe(1);
  const copy = await (
    await fetchEdge("/v1/profile", { headers: { authorization } })
  ).json<{ entries: { name?: string }[] }>();
  expect(copy.entries.map(({ name }) => name)).toEqual(["Product Added", "Unsubscribed"]);
});

test("a link of another worker's profiles, or of where they lay before, leads nowhere", async () => {
  const elsewhere = env.EMAIL_OWNER as unknown as Env["PROFILE"];
  const token = await unsubscribeToken({ ...env, PROFILE: elsewhere } as Env, {
    kind: "customer",
    id: "ada",
  });
  for (const method of ["GET", "POST"])
    expect((await fetchEdge(`/v1/unsubscribe/${token}`, { method })).status).toBe(404);
});

test("nobody else's link is taken", async () => {
  const customer = newDevice();
  const right = (await unsubscribeToken(env as Env, { kind: "customer", id: customer }))!;
  const other = (await unsubscribeToken(env as Env, { kind: "customer", id: newDevice() }))!;
  const elsewhere = { ...env, TOKEN_SECRET: "another-secret-of-32-bytes-or-more-1234" } as Env;
  const wrong = [
    right.slice(0, 64) + other.slice(64),
    (await unsubscribeToken(elsewhere, { kind: "customer", id: customer }))!,
    right.slice(0, -1),
    `${right}x`,
    await token(customer),
    "x",
  ];
  for (const each of wrong) {
    const answer = await oneClick(`/v1/unsubscribe/${each}`);
    expect([each, answer.status]).toEqual([each, 404]);
    expect((await fetchEdge(`/v1/unsubscribe/${each}`)).status).toBe(404);
  }
  expect(await unsubscribing(right, {})).toBeUndefined();
  expect((await fetchEdge(`/v1/unsubscribe/${right}`, { method: "PUT" })).headers.get("allow")).toBe(
    "GET, POST",
  );
});
