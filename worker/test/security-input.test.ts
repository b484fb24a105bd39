import { createExecutionContext, env } from "cloudflare:test";
import { afterEach, describe, expect, test, vi } from "vitest";
import { app } from "../src/app.ts";
import { event, fetchEdge, newDevice, sync, token, viewed, type ProblemBody } from "./kit/call.ts";
import { customer, mails, recently, recentSeconds } from "./kit/hook-opens.ts";
import { SENDGRID_BATCH } from "./kit/hook-payloads.ts";
import {
  callHook,
  SETTINGS,
  signGeneric,
  signPostmark,
  signSendgrid,
  type Signer,
} from "./kit/hook-signers.ts";
import { basic, SECRET_KEY } from "./kit/segment-call.ts";

/** Every route of a deployment that takes a body. */
const TAKING = [
  ...new Set(
    app.routes
      .filter(({ method, path }) => method === "POST" && !path.startsWith("/v1/dev/"))
      .map(({ path }) => path.replaceAll(/:\w+/g, "generic")),
  ),
];

const ADMIN = "Bearer an-admin-token-of-the-tests";

function send(path: string, body: string | ReadableStream<Uint8Array>): Promise<Response> {
  const authorization = path.startsWith("/v1/admin/") ? ADMIN : basic(SECRET_KEY);
  return fetchEdge(path, { method: "POST", body, headers: { authorization } });
}

/** A refusal is a problem with a code and no stack, and no fault of the worker's. */
async function refused(answer: Response): Promise<string> {
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(text).not.toMatch(/\.ts|at \w+ \(/);
  return (JSON.parse(text) as ProblemBody).code;
}

describe.each(TAKING)("a body to %s", (path) => {
  test.each([
    ["empty", ""],
    ["broken", '{"device":'],
    ["of nothing", "null"],
    ["of a number", "1e400"],
    ["a list", "[]"],
    ["far too deep", "[".repeat(30_000) + "]".repeat(30_000)],
    ["deep in its members", `${'{"device":'.repeat(5_000)}1${"}".repeat(5_000)}`],
    ["of keys that reach for a prototype", '{"__proto__":{"device":1},"constructor":{"prototype":{"x":1}}}'],
    ["of lone surrogates and zeros", '{"device":"\\ud800\\u0000"}'],
  ])("that is %s is refused as a problem", async (_what, body) => {
    await refused(await send(path, body));
    expect(({} as Record<string, unknown>)["device"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test("of a million keys is refused long before all of it has come", async () => {
    const keys = new TextEncoder().encode(
      Array.from({ length: 1_000 }, (_none, at) => `"key-number-${at}":1,`).join(""),
    );
    let chunks = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(chunks++ === 0 ? new TextEncoder().encode("{") : keys);
        if (chunks > 1_000) controller.close();
      },
    });
    await refused(await send(path, endless));
    expect(chunks).toBeLessThan(200);
  });
});

describe("names that reach for a prototype", () => {
  const NAMES = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];

  test.each(NAMES)(
    "as an event, a trait, a slot and a context are names like any other: %s",
    async (name) => {
      const device = newDevice();
      const traits = JSON.parse(`{"${name}":{"admin":true}}`) as object;
      const said = { type: "identify", id: crypto.randomUUID(), timestamp: Date.now(), traits };
      const answer = await sync(device, [event(name, traits), said], { slots: [name], context: traits });
      expect(answer).toMatchObject({ accepted: 2, rejected: [], segments: [] });
      expect(({} as Record<string, unknown>)["admin"]).toBeUndefined();
      // It lives on as it was.
      expect((await sync(device, [viewed()])).accepted).toBe(1);
    },
  );

  test.each(NAMES)("in an address lead nowhere: %s", async (name) => {
    for (const path of [`/${name}`, `/v1/${name}`, `/v1/manifest/${name}`, `/v1/dev/${name}`])
      expect((await fetchEdge(path)).status).toBe(404);
    const headers = { authorization: ADMIN };
    expect((await fetchEdge(`/v1/admin/audiences/${name}/members`, { headers })).status).toBe(404);
    const device = { method: "DELETE", headers: { authorization: `Bearer ${await token(newDevice())}` } };
    expect((await fetchEdge(`/v1/profile/devices/${name}`, device)).status).toBe(400);
  });

  test("as a customer are a customer like any other", async () => {
    for (const name of NAMES) {
      const customer = `${name}`;
      await sync(newDevice(), [viewed(), viewed(), viewed(), viewed()], { identity: await token(customer) });
      const seen = await sync(newDevice(), [], { identity: await token(customer) });
      expect(seen.segments).toContain("running-shoe-intent");
    }
  });
});

describe("an address or a header", () => {
  test.each([
    "/v1/profile/devices/..%2f..%2fcustomer",
    "/v1/profile/devices/%00",
    "/v1/profile/devices/%0d%0aset-cookie:%20a=b",
    "/v1/profile/devices/0123456789abcdef0123456789abcdef%20",
    "/v1/profile/devices/%F0%28%8C%28",
    `/v1/profile/devices/${"a".repeat(8_000)}`,
  ])("that would be another place names no device: %s", async (path) => {
    const headers = { authorization: `Bearer ${await token(newDevice())}` };
    const answer = await fetchEdge(path, { method: "DELETE", headers });
    expect(["invalid_request", "not_found"]).toContain(await refused(answer));
    expect(answer.headers.has("set-cookie")).toBe(false);
  });

  test.each(["/murmur.js/..%2f..%2fenv", "/v1/manifest/..%2f..%2fopenapi.json", "/%2e%2e/wrangler.toml"])(
    "that climbs finds nothing: %s",
    async (path) => {
      expect((await fetchEdge(path)).status).toBe(404);
    },
  );

  test.each([
    ["authorization", `Bearer ${"a".repeat(30_000)}`],
    ["authorization", "Bearer a b c"],
    ["authorization", "Device"],
    ["authorization", "\tBearer"],
    ["authorization", "Basic %%%"],
  ])("%s of strange content proves nothing", async (name, value) => {
    const answer = await fetchEdge("/v1/profile", { headers: { [name]: value } });
    expect(["token_required", "token_invalid"]).toContain(await refused(answer));
  });

  test("is not led astray by a device's id in another's header", async () => {
    const [victim, mallory] = [newDevice(), newDevice()];
    await sync(victim, [viewed()]);
    for (const authorization of [`Device ${mallory} ${victim}`, `Device ${mallory},Device ${victim}`]) {
      const answer = await fetchEdge("/v1/profile", { headers: { authorization } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe("an entry", () => {
  test("of any size that is too large is refused by name, and the others are taken", async () => {
    const huge = [
      event("X", { text: "x".repeat(17_000) }),
      event("n".repeat(10_000)),
      { ...event("X"), id: "i".repeat(10_000) },
    ];
    const answer = await sync(newDevice(), [...huge, viewed()]);
    expect([answer.accepted, answer.rejected.length]).toEqual([1, 3]);
    for (const { id } of answer.rejected) expect((id ?? "").length).toBeLessThanOrEqual(128);
  });

  test.each([Number.MAX_SAFE_INTEGER, -1e300, 1.5, "now", null, {}])(
    "at the instant %j is refused, or set right",
    async (timestamp) => {
      const answer = await sync(newDevice(), [{ ...viewed(), timestamp }, viewed()]);
      expect(answer.accepted + answer.rejected.length).toBe(2);
      for (const { timestamp } of answer.entries) expect(timestamp).toBeLessThanOrEqual(Date.now());
    },
  );
});

describe("a secret", () => {
  afterEach(() => vi.restoreAllMocks());

  const GUESSES: [string, () => Promise<unknown>][] = [
    [
      "the admin's token",
      () => fetchEdge("/v1/admin/metrics", { headers: { authorization: "Bearer a-guess" } }),
    ],
    [
      "a write key",
      () =>
        fetchEdge("/v1/track", {
          method: "POST",
          body: "{}",
          headers: { authorization: basic("a-guess-that-is-longer-than-the-key-that-it-guesses") },
        }),
    ],
    ["a webhook's login", () => callHook("postmark", "{}", { authorization: basic("a-guess") })],
  ];

  test.each(GUESSES)(
    "%s is compared by the platform in constant time, at one length",
    async (_what, guess) => {
      const compare = vi.spyOn(crypto.subtle, "timingSafeEqual");
      await guess();
      expect(compare).toHaveBeenCalled();
      for (const [one, other] of compare.mock.calls)
        expect([one.byteLength, other.byteLength]).toEqual([32, 32]);
    },
  );

  test("is not there to be guessed: an empty one matches none that is not set", async () => {
    const unset = { ...env, ADMIN_TOKEN: "", SECRET_WRITE_KEY: "", PUBLIC_WRITE_KEY: "" };
    for (const authorization of ["Bearer ", "Bearer undefined", basic(""), basic("undefined")]) {
      const headers = { authorization };
      for (const [path, method] of [
        ["/v1/admin/metrics", "GET"],
        ["/v1/track", "POST"],
        ["/v1/slots", "POST"],
      ] as const) {
        const init = { method, headers, ...(method === "POST" && { body: "{}" }) };
        const answer = await app.request(
          `https://edge.example${path}`,
          init,
          unset,
          createExecutionContext(),
        );
        expect(answer.status).toBe(401);
      }
    }
    const { status } = await callHook("postmark", "{}", await signPostmark("{}"), {
      ...SETTINGS,
      POSTMARK_WEBHOOK_LOGIN: "",
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe("a provider's call that somebody has overheard", () => {
  const CALLS: [string, Signer, (id: string) => object][] = [
    [
      "sendgrid",
      signSendgrid,
      (id) => [{ ...SENDGRID_BATCH[3], timestamp: recentSeconds(), sg_event_id: id, customer_id: id }],
    ],
    [
      "generic",
      signGeneric,
      (id) => ({ events: [{ id, event: "Email Opened", timestamp: recently(), customer_id: id }] }),
    ],
  ];

  test.each(CALLS)("%s: played again, five times at once, adds nothing", async (provider, sign, payload) => {
    const { id } = await customer();
    const body = JSON.stringify(payload(id));
    const headers = await sign(body);
    const replies = await Promise.all(Array.from({ length: 5 }, () => callHook(provider, body, headers)));
    expect(replies.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(1);
    expect(await mails({ kind: "customer", id })).toHaveLength(1);
  });

  test.each(CALLS)(
    "%s: does not vouch for a word more, nor at another's address",
    async (provider, sign, payload) => {
      const { id } = await customer();
      const body = JSON.stringify(payload(id));
      const headers = await sign(body);
      for (const other of [`${body} `, body.replace(id, newDevice()), body.replace("{", '{"x":1,')])
        expect((await callHook(provider, other, headers)).status).toBe(401);
      for (const [elsewhere] of CALLS.filter(([name]) => name !== provider))
        expect((await callHook(elsewhere, body, headers)).status).toBe(401);
      expect(await mails({ kind: "customer", id })).toEqual([]);
    },
  );
});
