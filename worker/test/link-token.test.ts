import { env } from "cloudflare:test";
import { base64url, importPKCS8, SignJWT, type JWTPayload } from "jose";
import { describe, expect, test } from "vitest";
import { event, fetchEdge, newDevice, post, SECRET, sync, token, type ProblemBody } from "./kit/call.ts";
import { askToListen } from "./kit/page-socket.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

interface Recorded {
  id: string;
  name: string;
  timestamp: number;
  properties: object;
  device: string;
}

/** The token of a link, as the shop's server makes it. */
function linkToken(
  customer: string | undefined,
  { claims = {} as JWTPayload, secret = SECRET, audience = "murmur-link", expires = "30d" } = {},
): Promise<string> {
  const made = new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setAudience(audience)
    .setExpirationTime(expires);
  if (customer !== undefined) made.setSubject(customer);
  return made.sign(new TextEncoder().encode(secret));
}

/** What the tag sends when a page is opened by a link with a token. */
function clicked(link: string, properties: object = {}, timestamp = Date.now()) {
  const click = event(
    "Email Link Clicked",
    { link_url: "https://shop.example/", ...properties, link_token: link },
    timestamp,
  );
  return { ...click, id: `link:${link.slice(-123)}` };
}

/** What is recorded on a customer's profile; nothing where there is none. */
async function recordedOf(customer: string): Promise<Recorded[]> {
  const headers = { authorization: `Bearer ${await token(customer)}` };
  const response = await fetchEdge("/v1/profile", { headers });
  return response.status === 404 ? [] : (await response.json<{ entries: Recorded[] }>()).entries;
}

describe("a link's token", () => {
  test("brings the click to its owner's profile, with what the shop has signed of it and nothing else", async () => {
    const [ada, device] = [newDevice(), newDevice()];
    const link = await linkToken(ada, {
      claims: { campaign_id: "spring", link_id: "hero", secret: "x", link_url: 7 },
    });
    const click = clicked(link, { campaign_id: "forged", coupon: "mine" });
    expect(await sync(device, [click])).toMatchObject({ accepted: 1, rejected: [] });
    expect(await recordedOf(ada)).toEqual([
      {
        type: "event",
        id: click.id,
        name: "Email Link Clicked",
        timestamp: click.timestamp,
        properties: { campaign_id: "spring", link_id: "hero" },
        device: "server",
      },
    ]);
  });

  test("opens nothing: who has clicked is nobody but who they were", async () => {
    const [ada, device] = [newDevice(), newDevice()];
    await sync(newDevice(), [event("Product Added"), event("Order Completed")], {
      identity: await token(ada),
    });
    const answer = await sync(device, [clicked(await linkToken(ada))]);
    expect(answer).toMatchObject({ segments: [], entries: [] });
    expect((await sync(device)).entries.map(({ name }) => name)).not.toContain("Order Completed");
    expect((await storedIn(profileOf("device", device))).rows.join()).not.toContain(ada);
  });
});

describe("a link's click counts once", () => {
  test("on however many devices and however often it is opened, and under whatever id", async () => {
    const ada = newDevice();
    const link = await linkToken(ada);
    for (const device of [newDevice(), newDevice()]) {
      await sync(device, [clicked(link)]);
      await sync(device, [clicked(link), { ...clicked(link), id: crypto.randomUUID() }]);
    }
    expect(await recordedOf(ada)).toHaveLength(1);
    // Another link of the same customer is another click.
    await sync(newDevice(), [clicked(await linkToken(ada, { claims: { link_id: "footer" } }))]);
    expect(await recordedOf(ada)).toHaveLength(2);
  });

  test("on the owner's own device, before it joins, after, and when the logs become one", async () => {
    const [ada, phone, laptop] = [newDevice(), newDevice(), newDevice()];
    const [first, second] = [await linkToken(ada), await linkToken(ada, { claims: { link_id: "2" } })];
    await sync(phone, [clicked(first)]);
    await sync(phone, [], { identity: await token(ada) });
    await sync(laptop, [clicked(second)], { identity: await token(ada) });
    expect((await recordedOf(ada)).map(({ name }) => name)).toEqual([
      "Email Link Clicked",
      "Email Link Clicked",
    ]);
  });

  test("in whatever way its token is written", async () => {
    const ada = newDevice();
    const link = await linkToken(ada);
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // The last letter of 43 has two bits too many: four letters are the same signature.
    const last = letters.indexOf(link.at(-1)!);
    const others = [1, 2, 3].map((bits) => link.slice(0, -1) + letters[last ^ bits]);
    for (const other of [link, ...others, `${link}=`, ` ${link}`, `${link}\n`])
      await sync(newDevice(), [clicked(other)]);
    expect((await recordedOf(ada)).map(({ id }) => id)).toEqual([clicked(link).id]);
  });
});

describe("a link", () => {
  test("was not clicked before its token was made, nor later than now, nor by the clock of a device that is off", async () => {
    const [ada, ben] = [newDevice(), newDevice()];
    const madeAt = Math.floor(Date.now() / 1_000) - 60;
    const link = await linkToken(ada, { claims: { iat: madeAt } });
    await sync(newDevice(), [clicked(link, {}, Date.now() - 30 * 864e5)]);
    expect((await recordedOf(ada))[0]?.timestamp).toBe(madeAt * 1_000);
    const sentAt = Date.now() + 5 * 36e5;
    const [own] = [clicked(await linkToken(ben), {}, sentAt - 1_000)];
    const { shift } = await sync(newDevice(), [own], { sentAt });
    expect((await recordedOf(ben))[0]?.timestamp).toBe(own.timestamp + shift);
  });
});

describe("a link's token", () => {
  test.each([
    [
      "signed with another secret",
      (sub: string) => linkToken(sub, { secret: "another-secret-of-at-least-32-bytes!" }),
    ],
    ["expired", (sub: string) => linkToken(sub, { expires: "-1s" })],
    ["for nobody", () => linkToken(undefined)],
    ["an identity token, which is for no audience", (sub: string) => token(sub)],
    ["for another audience", (sub: string) => linkToken(sub, { audience: "newsletter" })],
    ["longer than any", (sub: string) => linkToken(sub, { claims: { link_id: "x".repeat(2_000) } })],
    [
      "signed in a way that lets anybody sign again",
      async (sub: string) =>
        new SignJWT()
          .setProtectedHeader({ alg: "ES256" })
          .setSubject(sub)
          .setAudience("murmur-link")
          .setExpirationTime("1h")
          .sign(await importPKCS8(env.testPrivateKey, "ES256")),
    ],
    [
      "not signed",
      async (sub: string) =>
        `${base64url.encode('{"alg":"none"}')}.${base64url.encode(JSON.stringify({ sub, aud: "murmur-link", exp: 9_999_999_999 }))}.`,
    ],
    ["no token", async () => "t0k.en"],
  ])("that is %s is passed over: the click is the device's own and no more", async (_what, make) => {
    const [ada, device] = [newDevice(), newDevice()];
    expect((await sync(device, [clicked(await make(ada))])).accepted).toBe(1);
    expect(await storedIn(profileOf("customer", ada))).toEqual({ rows: [], alarm: null });
  });

  test.each([7, null, ["a"], { sub: "ada" }])("that is %j and no text does no harm", async (link) => {
    const click = event("Email Link Clicked", { link_token: link });
    expect((await sync(newDevice(), [click])).accepted).toBe(1);
  });
});

describe("a good token of a link", () => {
  test("counts in an e-mail's click alone", async () => {
    const ada = newDevice();
    await sync(newDevice(), [event("Order Completed", { link_token: await linkToken(ada) })]);
    expect(await recordedOf(ada)).toEqual([]);
  });

  test("that comes by the hundred in one call does not set hundreds of profiles to work", async () => {
    const owners = Array.from({ length: 30 }, newDevice);
    await sync(newDevice(), await Promise.all(owners.map(async (owner) => clicked(await linkToken(owner)))));
    const told = await Promise.all(owners.map(recordedOf));
    expect(told.flat()).toHaveLength(10);
  });

  test("counts for nobody where the device may not record, or its owner has said no", async () => {
    const [ada, ben, device] = [newDevice(), newDevice(), newDevice()];
    const no = { analytics: false, personalization: false, marketing: true };
    const refused = await sync(device, [clicked(await linkToken(ada))], { consent: no });
    expect(refused.rejected).toMatchObject([{ reason: "no_consent" }]);
    expect(await recordedOf(ada)).toEqual([]);
    const his = newDevice();
    await sync(his, [], { identity: await token(ben) });
    await sync(his, [], { identity: await token(ben), consent: no });
    expect((await sync(newDevice(), [clicked(await linkToken(ben))])).accepted).toBe(1);
    expect(await recordedOf(ben)).toEqual([]);
  });
});

describe("a link's token proves nothing of who sends it", () => {
  test("as an identity", async () => {
    const identity = await linkToken(newDevice());
    const call = { device: newDevice(), sentAt: Date.now(), identity };
    const { status, body } = await post<ProblemBody>("/v1/sync", call);
    expect([status, body.code]).toEqual([401, "token_invalid"]);
  });

  test.each([["GET"], ["DELETE"]])("to %s a profile", async (method) => {
    const ada = newDevice();
    await sync(newDevice(), [event("Order Completed")], { identity: await token(ada) });
    const headers = { authorization: `Bearer ${await linkToken(ada)}` };
    expect((await fetchEdge("/v1/profile", { method, headers })).status).toBe(401);
    expect(await recordedOf(ada)).toHaveLength(1);
  });

  test("to listen, nor where it names a second audience", async () => {
    const ada = newDevice();
    const both = await new SignJWT()
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(ada)
      .setAudience(["shop", "murmur-link"])
      .setExpirationTime("1h")
      .sign(new TextEncoder().encode(SECRET));
    for (const link of [await linkToken(ada), both])
      expect((await askToListen(`murmur, bearer.${link}`)).status).toBe(401);
  });
});
