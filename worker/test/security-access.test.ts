import { describe, expect, test } from "vitest";
import { app } from "../src/app.ts";
import { event, fetchEdge, newDevice, sync, token, viewed, type ProblemBody } from "./kit/call.ts";
import { badTokens } from "./kit/forged-tokens.ts";
import { basic, PUBLIC_KEY, SECRET_KEY } from "./kit/segment-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

const shoes = () => Array.from({ length: 4 }, () => viewed());

interface Refusal {
  status: number;
  code: string;
}

async function refusal(path: string, init: RequestInit): Promise<Refusal> {
  const answer = await fetchEdge(path, init);
  return { status: answer.status, code: (await answer.json<Partial<ProblemBody>>()).code ?? "" };
}

/** Every way in to a customer's profile that a customer's token opens. */
const DOORS: [string, (token: string) => Promise<Refusal>][] = [
  [
    "POST /v1/sync",
    (identity) =>
      refusal("/v1/sync", {
        method: "POST",
        body: JSON.stringify({ device: newDevice(), sentAt: Date.now(), identity, entries: shoes() }),
      }),
  ],
  ["GET /v1/profile", (identity) => refusal("/v1/profile", bearer("GET", identity))],
  ["DELETE /v1/profile", (identity) => refusal("/v1/profile", bearer("DELETE", identity))],
  [
    "DELETE /v1/profile/devices/:id",
    (identity) => refusal(`/v1/profile/devices/${newDevice()}`, bearer("DELETE", identity)),
  ],
  [
    "GET /v1/push",
    (identity) =>
      refusal("/v1/push", {
        headers: { upgrade: "websocket", "sec-websocket-protocol": `murmur, bearer.${identity}` },
      }),
  ],
];

function bearer(method: string, identity: string): RequestInit {
  return { method, headers: { authorization: `Bearer ${identity}` } };
}

describe.each(DOORS)("%s", (_door, knock) => {
  test.each(badTokens("").map(([what]) => what))("does not open to a token that is %s", async (what) => {
    const victim = newDevice();
    await sync(newDevice(), shoes(), { identity: await token(victim) });
    const before = await storedIn(profileOf("customer", victim));
    const [, make] = badTokens(victim).find(([one]) => one === what)!;
    expect(await knock(await make())).toEqual({ status: 401, code: "token_invalid" });
    // Nor has it left a trace.
    expect(await storedIn(profileOf("customer", victim))).toEqual(before);
  });
});

describe("a device's id", () => {
  test("is all or nothing: who is one digit off, or writes it otherwise, finds nobody", async () => {
    const device = newDevice();
    await sync(device, shoes());
    const last = device.at(-1) === "0" ? "1" : "0";
    const near = device.slice(0, -1) + last;
    expect((await refusal("/v1/profile", asDevice(near))).code).toBe("not_found");
    expect(await sync(near)).toMatchObject({ segments: [], entries: [] });
    for (const other of [device.slice(0, -1), `${device}0`, `${device}%`, `${device.slice(0, -1)}*`]) {
      expect((await refusal("/v1/profile", asDevice(other))).code).toBe("token_required");
      const body = JSON.stringify({ device: other, sentAt: Date.now() });
      expect((await refusal("/v1/sync", { method: "POST", body })).code).toBe("invalid_request");
    }
  });

  test.each(["customer:ada", "device:x", "ada", "server", "__proto__", "\u0000".repeat(32), "٠".repeat(32)])(
    "is no other name: %j",
    async (device) => {
      const body = JSON.stringify({ device, sentAt: Date.now(), entries: shoes() });
      expect(await refusal("/v1/sync", { method: "POST", body })).toEqual({
        status: 400,
        code: "invalid_request",
      });
    },
  );

  test("of somebody who has joined a customer opens neither copy nor erasure of the customer's", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    await sync(phone, shoes(), { identity });
    await sync(laptop, [event("Order Completed")], { identity });
    expect(await refusal("/v1/profile", asDevice(phone))).toEqual({ status: 401, code: "token_required" });
    // It may take its own part out, and no more.
    expect((await fetchEdge("/v1/profile", { method: "DELETE", ...asDevice(phone) })).status).toBe(204);
    expect((await sync(laptop)).entries.map(({ name }) => name)).toEqual(["Order Completed"]);
  });
});

function asDevice(id: string): RequestInit {
  return { headers: { authorization: `Device ${id}` } };
}

describe("a customer's id", () => {
  test("is no key: what a page says of itself stays with its own device", async () => {
    const [customer, mallory] = [newDevice(), newDevice()];
    await sync(newDevice(), shoes(), { identity: await token(customer) });
    const before = await storedIn(profileOf("customer", customer));
    const claims = {
      type: "identify",
      id: crypto.randomUUID(),
      timestamp: Date.now(),
      userId: customer,
      traits: { id: customer, userId: customer, customer_id: customer, email: `${customer}@shop.example` },
    };
    const answer = await sync(mallory, [claims], { userId: customer, customer, subject: customer });
    expect(answer).toMatchObject({ segments: [], entries: [] });
    for (const path of ["track", "identify", "alias"])
      expect(
        await refusal(`/v1/${path}`, {
          method: "POST",
          headers: { authorization: basic(PUBLIC_KEY) },
          body: JSON.stringify({ userId: customer, anonymousId: mallory, previousId: mallory, event: "X" }),
        }),
      ).toEqual({ status: 403, code: "secret_key_required" });
    expect(
      await refusal("/v1/slots", {
        method: "POST",
        headers: { authorization: basic(PUBLIC_KEY) },
        body: JSON.stringify({ userId: customer }),
      }),
    ).toEqual({ status: 403, code: "secret_key_required" });
    expect(await storedIn(profileOf("customer", customer))).toEqual(before);
  });
});

/** Every route, as it would be called: with the parameters put in. */
const ROUTES = [
  ...new Set(
    app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, "a")}`),
  ),
];
/** What any page may load: the tag, and what describes the worker. */
const FOR_ALL = /^GET \/(murmur[\w-]*\.js|openapi\.json)$/;
/** What takes a call from wherever it comes, and by nothing but its own token: it answers so, and no page can read it. */
const FROM_ANYWHERE = /\/v1\/unsubscribe\//;

describe.each(ROUTES)("a page of a foreign origin at %s", (route) => {
  const [method, path] = route.split(" ") as [string, string];

  test("may read nothing but what is for all, whatever keys it has", async () => {
    const answer = await fetchEdge(path, {
      method,
      headers: {
        origin: "https://evil.example",
        authorization: basic(SECRET_KEY),
        "content-type": "text/plain",
      },
      ...(method === "POST" && { body: "{}" }),
    });
    const allowed = answer.headers.get("access-control-allow-origin");
    if (FOR_ALL.test(route)) expect([answer.status, allowed]).toEqual([200, "*"]);
    else expect(allowed).toBeNull();
    if (FROM_ANYWHERE.test(path)) expect(answer.status).toBe(404);
    else if (path.startsWith("/v1/")) expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  });

  test("is not told before that it might", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": method };
    const answer = await fetchEdge(path, { method: "OPTIONS", headers });
    expect(answer.headers.get("access-control-allow-methods")).toBeNull();
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

test("a page of a foreign origin that asks nobody before leaves nothing behind", async () => {
  const device = newDevice();
  const body = JSON.stringify({ device, sentAt: Date.now(), entries: shoes() });
  const headers = { origin: "https://evil.example", "content-type": "text/plain" };
  expect((await fetchEdge("/v1/sync", { method: "POST", body, headers })).status).toBe(403);
  expect(await storedIn(profileOf("device", device))).toEqual({ rows: [], alarm: null });
});
