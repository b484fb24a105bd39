import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { slotsAnswerSchema } from "../src/openapi/slots-operation.ts";
import { slotsAnswerExample, slotsExample } from "../src/openapi/examples.ts";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { slotsRequestSchema } from "../src/wire/slots-schema.ts";
import { event, fetchEdge, newDevice, sync, token, viewed } from "./kit/call.ts";
import { PUBLIC_KEY, SECRET_KEY, segment } from "./kit/segment-call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

interface Decided {
  segments: string[];
  slots: Record<string, { variant: string | null; content: object; why: string }>;
  measures?: Record<string, unknown>;
}

const shoes = () => Array.from({ length: 4 }, () => viewed());

async function ask(call: object): Promise<Decided> {
  const { status, headers, body } = await segment("slots", call);
  expect([status, headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(slotsAnswerSchema.strict().safeParse(body).error).toBeUndefined();
  return body as unknown as Decided;
}

describe("POST /v1/slots", () => {
  test("decides for a customer what their devices decide, and says why", async () => {
    const [userId, device] = [newDevice(), newDevice()];
    const identity = await token(userId);
    const own = await sync(device, shoes(), { identity, slots: ["hero", "banner"] });
    const asked = await ask({ userId, slots: ["hero", "banner", "unheard-of"] });
    expect(asked.slots).toEqual(own.slots);
    expect(asked.slots["hero"]).toMatchObject({ variant: "running", why: "in segment running-shoe-intent" });
    expect(asked.segments).toEqual(["running-shoe-intent"]);
  });

  test("decides for a device, and for the customer whom it has joined; without names, every slot", async () => {
    const device = newDevice();
    await sync(device, shoes());
    expect((await ask({ anonymousId: device, slots: ["banner"] })).slots).toEqual({});
    expect(Object.keys((await ask({ anonymousId: device })).slots)).toEqual(["hero"]);
    const userId = newDevice();
    await sync(device, [], { identity: await token(userId) });
    await deliverEntries(env, { customer: userId }, [event("Order Completed") as never]);
    expect((await ask({ anonymousId: device })).segments).toContain("first-time-buyer");
    // The way Segment's libraries write it.
    const uuid = device.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    expect(await ask({ anonymousId: uuid })).toEqual(await ask({ anonymousId: device }));
  });

  test("has what changed by time alone up to this instant", async () => {
    const device = newDevice();
    await sync(device, [event("Product Added", {}, Date.now() - 3 * 36e5)]);
    expect((await ask({ anonymousId: device })).slots["banner"]?.variant).toBe("cart-rescue");
  });

  test("tells the values of measures that are asked for by name, and of no others; nothing after a no", async () => {
    const device = newDevice();
    await sync(device, [event("Product Added", { name: "Trail 2" })]);
    const measures = ["carted-product", "unheard-of", "__proto__", "constructor"];
    const asked = await ask({ anonymousId: device, measures });
    expect(asked.measures).toEqual({ "carted-product": "Trail 2" });
    expect(await ask({ anonymousId: device })).not.toHaveProperty("measures");
    await sync(device, [], { consent: { analytics: true, personalization: false } });
    expect(await ask({ anonymousId: device, measures })).toEqual({ segments: [], slots: {} });
  });

  test("of who is not known says what anybody is shown, and keeps nothing of having been asked", async () => {
    const [userId, anonymousId] = [newDevice(), newDevice()];
    expect(await ask({ userId })).toEqual({ segments: [], slots: {} });
    expect(await ask({ anonymousId })).toEqual({ segments: [], slots: {} });
    expect(await storedIn(profileOf("customer", userId))).toEqual({ rows: [], alarm: null });
    expect(await storedIn(profileOf("device", anonymousId))).toEqual({ rows: [], alarm: null });
  });

  test.each([
    ["personalization", { analytics: true, personalization: false }],
    ["recording", { analytics: false, personalization: true }],
  ])("tells nothing of who has said no to %s", async (_what, consent) => {
    const device = newDevice();
    await sync(device, shoes());
    await sync(device, [], { consent });
    expect(await ask({ anonymousId: device })).toEqual({ segments: [], slots: {} });
  });
});

describe("who asks for slots", () => {
  test("is one of the shop's servers", async () => {
    const body = { userId: "ada" };
    expect(await segment("slots", body, { key: PUBLIC_KEY })).toMatchObject({
      status: 403,
      body: { code: "secret_key_required" },
    });
    expect(await segment("slots", body, { key: "guess" })).toMatchObject({
      status: 401,
      body: { code: "write_key_invalid" },
    });
    const headers = { origin: "https://shop.example" };
    expect(await segment("slots", body, { key: SECRET_KEY, headers })).toMatchObject({
      status: 403,
      body: { code: "secret_key_in_page" },
    });
    const device = await fetchEdge("/v1/slots", {
      method: "POST",
      headers: { authorization: `Device ${newDevice()}` },
      body: JSON.stringify(body),
    });
    expect(device.status).toBe(401);
    const wrong = await fetchEdge("/v1/slots");
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test.each([
    ["nobody named", { slots: ["hero"] }, "userId"],
    ["an empty name", { userId: "" }, "userId"],
    ["a name that is none", { userId: ["ada"] }, "userId"],
    ["slots that are no list", { userId: "ada", slots: "hero" }, "slots"],
    ["too many slots", { userId: "ada", slots: Array.from({ length: 101 }, String) }, "slots"],
    ["a context that is too large", { userId: "ada", context: { a: "x".repeat(17_000) } }, "context"],
    ["a context that is no object", { userId: "ada", context: [] }, "context"],
  ])("is told what to mend: %s", async (_what, body, path) => {
    const { status, body: problem } = await segment("slots", body);
    expect([status, problem.code, problem.errors?.[0]?.path]).toEqual([400, "invalid_request", path]);
  });

  test.each(["__proto__", "constructor", "toString"])("may call a slot %s, which is none", async (name) => {
    expect((await ask({ userId: newDevice(), slots: [name] })).slots).toEqual({});
  });

  test("may send 64 KB and no more", async () => {
    const { status, body } = await segment("slots", `{"userId":"${"x".repeat(66_000)}"}`);
    expect([status, body.code]).toEqual([413, "body_too_large"]);
  });
});

test("the examples of /v1/slots are what they are examples of", () => {
  expect(slotsRequestSchema.safeParse(slotsExample).error).toBeUndefined();
  expect(slotsAnswerSchema.strict().safeParse(slotsAnswerExample).error).toBeUndefined();
});

test("/v1/sync decides the slots that it is asked for, and says why", async () => {
  const answer = await sync(newDevice(), shoes(), { slots: ["hero"] });
  expect(answer.slots["hero"]).toMatchObject({ variant: "running", why: "in segment running-shoe-intent" });
  expect((await sync(newDevice(), shoes())).slots).toEqual({});
});
