import { describe, expect, test } from "vitest";
import { sameSecret } from "../src/wire/same-secret.ts";
import { event, fetchEdge, newDevice, sync, token, viewed } from "./kit/call.ts";
import { basic, gzip, PUBLIC_KEY, SECRET_KEY, segment } from "./kit/segment-call.ts";

const shoe = { event: "Product Viewed", properties: { category: "running-shoes" } };
const publicly = { key: PUBLIC_KEY };
const CALLS = ["track", "identify", "page", "screen", "group", "alias", "batch"];

describe("the write key", () => {
  test.each([
    ["none", undefined],
    ["another", basic("another")],
    ["an empty one", basic("")],
    ["one that is cut off", basic(SECRET_KEY.slice(0, -1))],
    ["one that goes on", basic(`${SECRET_KEY}x`)],
    ["the password's place", `Basic ${btoa(`:${SECRET_KEY}`)}`],
    ["a bearer's place", `Bearer ${SECRET_KEY}`],
    ["no base64", "Basic ***"],
    ["broken base64", "Basic a"],
  ])("%s opens nothing", async (_what, authorization) => {
    for (const path of CALLS) {
      const answer = await fetchEdge(`/v1/${path}`, {
        method: "POST",
        body: JSON.stringify({ userId: "ada", batch: [], ...shoe }),
        headers: authorization === undefined ? {} : { authorization },
      });
      expect([answer.status, await answer.json()]).toMatchObject([401, { code: "write_key_invalid" }]);
    }
  });

  test("a worker without one takes none, the empty one least of all", async () => {
    expect(await sameSecret("", undefined)).toBe(false);
    expect(await sameSecret("", "")).toBe(false);
    expect(await sameSecret("undefined", undefined)).toBe(false);
    expect(await sameSecret("ä", "ä")).toBe(true);
  });

  test("a page of an allowed origin may use the public one, and ask before", async () => {
    const headers = { origin: "https://shop.example" };
    const body = { anonymousId: newDevice(), ...shoe };
    const answer = await segment("track", body, { ...publicly, headers });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, headers.origin]);
    const preflight = await fetchEdge("/v1/track", { method: "OPTIONS", headers });
    expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  });

  test("a page of another origin may not", async () => {
    const device = newDevice();
    const headers = { origin: "https://evil.example" };
    const answer = await segment("track", { anonymousId: device, ...shoe }, { ...publicly, headers });
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    expect((await sync(device)).entries).toEqual([]);
  });

  test("the secret one does not count in a page, where everybody can read it", async () => {
    const device = newDevice();
    const headers = { origin: "https://shop.example" };
    const { status, body } = await segment("track", { anonymousId: device, ...shoe }, { headers });
    expect([status, body.code]).toEqual([403, "secret_key_in_page"]);
    expect((await sync(device)).entries).toEqual([]);
  });
});

describe("the public key", () => {
  test("speaks for its own device", async () => {
    const device = newDevice();
    const batch = [1, 2, 3, 4].map(() => ({ type: "track", anonymousId: device, ...shoe }));
    expect((await segment("batch", { batch }, publicly)).body).toEqual({ success: true });
    expect((await sync(device)).segments).toContain("running-shoe-intent");
  });

  test.each(["track", "identify", "page", "screen", "group"])(
    "%s cannot name a customer, and nothing reaches them",
    async (type) => {
      const [userId, device] = [newDevice(), newDevice()];
      const message = { userId, groupId: "g", traits: {}, event: "Order Completed" };
      for (const anonymousId of [undefined, device]) {
        const { status, body } = await segment(type, { ...message, anonymousId }, publicly);
        expect([status, body.code, body.errors?.[0]?.path]).toEqual([403, "secret_key_required", "userId"]);
      }
      // A number is a name as well.
      expect((await segment(type, { ...message, userId: 7 }, publicly)).status).toBe(403);
      const seen = await sync(newDevice(), [], { identity: await token(userId) });
      expect([seen.entries, seen.segments]).toEqual([[], []]);
      expect((await sync(device)).entries).toEqual([]);
    },
  );

  test("alias does not bring another's device to a customer", async () => {
    const [device, userId] = [newDevice(), newDevice()];
    await sync(device, [viewed()]);
    const { body } = await segment("alias", { previousId: device, userId }, publicly);
    expect(body.code).toBe("secret_key_required");
    expect((await sync(newDevice(), [], { identity: await token(userId) })).entries).toEqual([]);
  });

  test.each([undefined, null, "", "guest-17", "1", "../customer:ada", "x".repeat(32)])(
    "does not take %j for a device: it is no random id",
    async (anonymousId) => {
      const { status, body } = await segment("track", { anonymousId, ...shoe }, publicly);
      expect([status, body.code, body.errors?.[0]?.path]).toEqual([400, "invalid_request", "anonymousId"]);
    },
  );

  test("may not send more than a device may, and is told when to come back", async () => {
    const device = newDevice();
    const batch = Array.from({ length: 500 }, () => ({ type: "track", anonymousId: device, event: "X" }));
    expect((await segment("batch", { batch }, publicly)).status).toBe(200);
    const { status, headers, body } = await segment("batch", { batch }, publicly);
    expect([status, body.code]).toEqual([429, "rate_limited"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("a device's id that is also a customer's leads to the device alone", async () => {
    const id = newDevice();
    await sync(newDevice(), [event("Order Completed")], { identity: await token(id) });
    await segment("track", { anonymousId: id, ...shoe }, publicly);
    const owner = await sync(newDevice(), [], { identity: await token(id) });
    expect(owner.entries.map(({ name }) => name)).toEqual(["Order Completed"]);
  });
});

describe("a batch with bad messages in it", () => {
  test("keeps the good ones and names each bad one with its place and reason", async () => {
    const device = newDevice();
    const good = { type: "track", anonymousId: device, messageId: "good", ...shoe };
    const old = new Date(Date.now() - 401 * 864e5).toISOString();
    const deep = `{"a":`.repeat(9) + "1" + "}".repeat(9);
    const batch = [
      good,
      { ...good, messageId: "kind", type: "purchase" },
      { ...good, messageId: "nameless", event: "" },
      { ...good, messageId: "when", timestamp: "yesterday" },
      { ...good, messageId: "whose", anonymousId: undefined },
      { ...good, messageId: "huge", properties: { text: "x".repeat(17_000) } },
      { ...good, messageId: "vast", context: { text: "x".repeat(33_000) } },
      { ...good, messageId: "deep", properties: JSON.parse(deep) as object },
      { ...good, messageId: "old", timestamp: old },
      { ...good, messageId: 7 },
      { ...good, messageId: "\ud83d" },
      "text",
      null,
    ];
    const { status, body } = await segment("batch", { batch });
    expect([status, body.success]).toEqual([200, true]);
    const half = body.rejected?.find(({ index }) => index === 10);
    expect([JSON.stringify(half?.id), half?.reason, half?.path]).toEqual([
      '"\\ud83d"',
      "invalid",
      "messageId",
    ]);
    const whole = body.rejected?.filter((refusal) => refusal !== half);
    expect(whole?.map(({ index, id, reason, path }) => [index, id, reason, path])).toEqual([
      [1, "kind", "invalid", "type"],
      [2, "nameless", "invalid", "event"],
      [3, "when", "invalid", "timestamp"],
      [4, "whose", "invalid", "userId"],
      [5, "huge", "too_large", "properties"],
      [6, "vast", "too_large", ""],
      [7, "deep", "too_large", "properties"],
      [8, "old", "too_old", "timestamp"],
      [9, null, "invalid", "messageId"],
      [11, null, "invalid", ""],
      [12, null, "invalid", ""],
    ]);
    expect(body.rejected?.[0]?.message).toMatch(/track, identify/);
    expect((await sync(device)).entries.map(({ id }) => id)).toEqual(["good"]);
  });

  test("of which nothing can be taken is a problem: a library reads no more than the status", async () => {
    const batch = [{ type: "track", userId: "ada", anonymousId: newDevice(), ...shoe }];
    const { status, body } = await segment("batch", { batch }, publicly);
    expect([status, body.code, body.errors?.[0]?.path]).toEqual([
      403,
      "secret_key_required",
      "batch.0.userId",
    ]);
  });
});

describe("a body", () => {
  test.each<[string, string, number, string]>([
    ["that is no JSON", "{", 400, "invalid_json"],
    ["that is a list", "[]", 400, "invalid_request"],
    ["without a batch", "{}", 400, "invalid_request"],
    ["with a batch that is none", '{"batch":{}}', 400, "invalid_request"],
    ["over the limit", JSON.stringify({ batch: [], pad: "x".repeat(530_000) }), 413, "body_too_large"],
    [
      "with too many messages",
      JSON.stringify({ batch: Array.from({ length: 501 }, () => 1) }),
      413,
      "too_many_entries",
    ],
    ["of brackets", "[".repeat(500_000), 400, "invalid_json"],
    [
      "that nests without end",
      `{"batch":[${"[".repeat(200_000)}${"]".repeat(200_000)}]}`,
      413,
      "body_too_large",
    ],
  ])("%s is refused", async (_what, text, status, code) => {
    const answer = await segment("batch", text);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.stringify(answer.body)).not.toMatch(/\.ts|at \w+ \(/);
  });

  test("of one message is 32 KB at most", async () => {
    const { status, body } = await segment("track", { userId: "ada", ...shoe, context: "x".repeat(33_000) });
    expect([status, body.code]).toEqual([413, "body_too_large"]);
  });

  test("that unpacks to far more is refused before it is unpacked", async () => {
    const bomb = await gzip(`{"batch":[],"pad":"${" ".repeat(100_000_000)}"}`);
    expect(bomb.byteLength).toBeLessThan(200_000);
    const { status, body } = await segment("batch", bomb, { headers: { "content-encoding": "gzip" } });
    expect([status, body.code]).toEqual([413, "body_too_large"]);
  });

  test("that is not packed as it says is refused", async () => {
    for (const [encoding, status, code] of [
      ["gzip", 400, "invalid_request"],
      ["br", 415, "unsupported_encoding"],
      ["gzip, gzip", 415, "unsupported_encoding"],
    ] as const) {
      const answer = await segment("batch", '{"batch":[]}', { headers: { "content-encoding": encoding } });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  test("cut off in its packing is refused", async () => {
    const whole = await gzip(JSON.stringify({ batch: [] }));
    const headers = { "content-encoding": "gzip" };
    expect((await segment("batch", whole.slice(0, -6), { headers })).status).toBe(400);
  });
});

test("keys that reach for a prototype stay plain data", async () => {
  const device = newDevice();
  const hostile = `{"category":"running-shoes","x":1}`;
  const message = `"anonymousId":"${device}","event":"Product Viewed","properties":{"__proto__":${hostile},"constructor":{"prototype":${hostile}}}`;
  expect((await segment("track", `{"__proto__":{"type":"alias"},${message}}`)).status).toBe(200);
  const batch = `{"batch":[{"type":"track","__proto__":${hostile},${message}}],"__proto__":${hostile}}`;
  expect((await segment("batch", batch)).status).toBe(200);
  await segment("group", `{"anonymousId":"${device}","groupId":"g","traits":{"__proto__":${hostile}}}`);
  expect(({} as Record<string, unknown>)["category"]).toBeUndefined();
  expect((await sync(device, [viewed(), viewed()])).segments).not.toContain("running-shoe-intent");
});

test("another method is told which one to use", async () => {
  for (const path of CALLS) {
    const answer = await fetchEdge(`/v1/${path}`);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  }
});

test("what is said twice under one messageId, and taken neither time, is told both times", async () => {
  const anonymousId = newDevice();
  await sync(anonymousId, [], { consent: { analytics: false } });
  const said = { type: "track", ...shoe, anonymousId, messageId: crypto.randomUUID() };
  const lost = await segment("batch", { batch: [said, said] });
  expect([lost.status, lost.body.errors?.map(({ path }) => path)]).toEqual([400, ["batch.0", "batch.1"]]);
  const { body } = await segment("batch", { batch: [said, { ...said, anonymousId: newDevice() }, said] });
  expect(body.rejected?.map(({ index }) => index)).toEqual([0, 2]);
});
