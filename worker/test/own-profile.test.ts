import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { deliverEntries } from "../src/profile/deliver-entries.ts";
import { event, fetchEdge, newDevice, sync, token, viewed, type ProblemBody } from "./kit/call.ts";
import { leftCart } from "./kit/left-cart.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

interface Copy {
  journeys?: { running: object[]; last: object; messages: object[] };
  segments: string[];
  traits: Record<string, unknown>;
  devices: { id: string; state: string; consent?: object }[];
  transitions: object[];
  entries: { id: string; device: string; timestamp: number }[];
}

function ask(method: string, authorization: string, path = "/v1/profile"): Promise<Response> {
  return fetchEdge(path, { method, headers: authorization ? { authorization } : {} });
}

const asDevice = (device: string) => `Device ${device}`;
const asCustomer = async (subject: string, made?: object) => `Bearer ${await token(subject, made)}`;
const shoes = () => Array.from({ length: 4 }, () => viewed());
const traits = (given: object) => ({
  type: "identify",
  id: crypto.randomUUID(),
  timestamp: Date.now(),
  traits: given,
});

async function copyOf(authorization: string): Promise<Copy> {
  const response = await ask("GET", authorization);
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  return response.json();
}

describe("GET /v1/profile", () => {
  test("says where the person stands in journeys, which their erasure leaves none of", async () => {
    const HOUR = 36e5;
    const { customer, stub, at } = await leftCart(3);
    const authorization = await asCustomer(customer);
    const began = at + 2 * HOUR;
    expect((await copyOf(authorization)).journeys).toEqual({
      running: [{ journey: "cart-rescue", began, next: began + 24 * HOUR }],
      last: { "cart-rescue": began },
      messages: [{ journey: "cart-rescue", at: began }],
    });
    const shopper = newDevice();
    await sync(shopper, shoes());
    expect((await copyOf(asDevice(shopper))).journeys).toEqual({ running: [], last: {}, messages: [] });
    expect((await ask("DELETE", authorization)).status).toBe(204);
    expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
    expect((await ask("GET", authorization)).status).toBe(404);
    // Who comes back begins from nothing: neither run nor cap is known any more.
    await sync(newDevice(), [viewed()], {
      identity: await token(customer),
      consent: { analytics: true, personalization: true, marketing: true },
    });
    const { journeys } = await copyOf(authorization);
    expect([journeys?.running, journeys?.last, journeys?.messages]).toEqual([[], {}, []]);
  });

  test("is the person's copy of all that is known: to the device alone as long as nobody has signed in", async () => {
    const device = newDevice();
    const consent = { analytics: true, personalization: true, marketing: false };
    const sent = [...shoes(), traits({ name: 'Ada "[]}' })];
    await sync(device, sent, { consent });
    const copy = await copyOf(asDevice(device));
    expect(copy.entries.map(({ id, device }) => [id, device])).toEqual(sent.map(({ id }) => [id, device]));
    expect(copy).toMatchObject({ segments: ["running-shoe-intent"], traits: { name: 'Ada "[]}' } });
    expect(copy.transitions).toMatchObject([{ segment: "running-shoe-intent", change: "entered" }]);
    expect(copy.devices).toMatchObject([{ id: device, consent: { marketing: { granted: false } } }]);
  });

  test("is the whole of a customer's with the token, however much it is", async () => {
    const customer = newDevice();
    const identity = await token(customer);
    const devices = [newDevice(), newDevice(), newDevice()];
    for (const device of devices)
      await sync(
        device,
        Array.from({ length: 400 }, () => viewed("jackets")),
        { identity },
      );
    await deliverEntries(env, { customer }, [event("Order Completed") as never]);
    const copy = await copyOf(await asCustomer(customer));
    expect(new Set(copy.entries.map(({ id }) => id)).size).toBe(1_201);
    expect(copy.entries.at(-1)).toMatchObject({ name: "Order Completed", device: "server" });
    expect(copy.devices.map(({ id }) => id)).toEqual([...devices].sort());
  });

  test("says that there is nothing, and makes nothing, for who is not known", async () => {
    const device = newDevice();
    const response = await ask("GET", asDevice(device));
    expect([response.status, (await response.json<ProblemBody>()).code]).toEqual([404, "not_found"]);
    expect(await storedIn(profileOf("device", device))).toEqual({ rows: [], alarm: null });
  });

  test("is nobody else's: not by a customer's id, nor by that of a device that has joined", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    await sync(device, shoes(), { identity: await token(customer) });
    for (const authorization of [
      "",
      "Bearer",
      `Bearer ${customer}`,
      `Basic ${btoa(`${customer}:`)}`,
      "Device ../customer",
      `Device customer:${customer}`,
      asDevice(device),
      await asCustomer(customer, { expires: "-1s" }),
      await asCustomer(customer, { secret: "another-secret-of-at-least-32-bytes!" }),
    ])
      for (const method of ["GET", "DELETE"]) {
        if (method === "DELETE" && authorization === asDevice(device)) continue;
        expect([authorization, (await ask(method, authorization)).status]).toEqual([authorization, 401]);
      }
    // The customer's id as a device's: another profile, which is nobody's.
    expect((await ask("GET", asDevice(customer))).status).toBe(404);
    expect((await copyOf(await asCustomer(customer))).entries).toHaveLength(4);
  });
});

describe("DELETE /v1/profile", () => {
  test("leaves nothing of a device: no table, no row, no alarm", async () => {
    const device = newDevice();
    await sync(device, [...shoes(), event("Product Added")], {
      consent: { analytics: true, personalization: true },
    });
    const stub = profileOf("device", device);
    expect((await storedIn(stub)).alarm).not.toBeNull();
    for (let time = 1; time <= 2; time++) {
      expect((await ask("DELETE", asDevice(device))).status).toBe(204);
      expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
    }
    // It may begin anew, from nothing.
    expect(await sync(device, [viewed()])).toMatchObject({ accepted: 1, segments: [], cursor: 1 });
  });

  test("leaves nothing of a customer: nor of any device that has joined", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    await sync(phone, [...shoes(), traits({ email: `${customer}@shop.example` })], { identity });
    await sync(laptop, [event("Product Added")], { identity });
    expect((await ask("DELETE", `Bearer ${identity}`)).status).toBe(204);
    for (const stub of [
      profileOf("customer", customer),
      profileOf("device", phone),
      profileOf("device", laptop),
    ])
      expect(await storedIn(stub)).toEqual({ rows: [], alarm: null });
    expect((await sync(phone)).entries).toEqual([]);
    expect((await ask("GET", `Bearer ${identity}`)).status).toBe(404);
  });

  test("of a device that has joined, takes its own part out of the customer's, without a token", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    const kept = viewed();
    await sync(laptop, [kept], { identity });
    await sync(phone, shoes(), { identity });
    for (let time = 1; time <= 2; time++) expect((await ask("DELETE", asDevice(phone))).status).toBe(204);
    const { rows } = await storedIn(profileOf("customer", customer));
    expect(rows.join()).not.toContain(phone);
    expect(await storedIn(profileOf("device", phone))).toEqual({ rows: [], alarm: null });
    const left = await copyOf(`Bearer ${identity}`);
    expect(left).toMatchObject({ segments: [], entries: [{ id: kept.id }], devices: [{ id: laptop }] });
    expect(left.transitions).toEqual([]);
    // With the last device's part nothing is left at all.
    expect((await ask("DELETE", asDevice(laptop))).status).toBe(204);
    expect(await storedIn(profileOf("customer", customer))).toEqual({ rows: [], alarm: null });
  });

  test("while a device's calls come in, ends with them served or refused, and the next one is right", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    const identity = await token(customer);
    await sync(device, shoes(), { identity });
    await Promise.allSettled([
      sync(device, [viewed()], { identity }),
      ask("DELETE", `Bearer ${identity}`),
      sync(newDevice(), [viewed()], { identity }),
      ask("DELETE", `Bearer ${identity}`),
    ]);
    await ask("DELETE", `Bearer ${identity}`);
    const fresh = viewed();
    await sync(device, [fresh], { identity });
    expect((await copyOf(`Bearer ${identity}`)).entries.map(({ id }) => id)).toEqual([fresh.id]);
  });
});

describe("DELETE /v1/profile/devices/:id", () => {
  const path = (device: string) => `/v1/profile/devices/${device}`;

  test("makes the profile what it would be without the device, which has its own again", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    const identity = await token(customer);
    const [mine, later, theirs] = [viewed(), viewed(), event("Order Completed")];
    await sync(phone, [mine]);
    await sync(phone, [later, viewed(), viewed()], { identity });
    await sync(laptop, [theirs], { identity });
    expect((await sync(laptop)).segments).toEqual(["first-time-buyer", "running-shoe-intent"]);
    for (let time = 1; time <= 2; time++)
      expect((await ask("DELETE", `Bearer ${identity}`, path(phone))).status).toBe(204);
    const left = await copyOf(`Bearer ${identity}`);
    expect(left).toMatchObject({ segments: ["first-time-buyer"], entries: [{ id: theirs.id }] });
    const home = await sync(phone);
    expect(home.entries.map(({ id }) => id)).toContain(later.id);
    expect(home).toMatchObject({ entries: { length: 4 }, segments: ["running-shoe-intent"] });
  });

  test("holds against a token from before, and not against one from after", async () => {
    const [phone, customer] = [newDevice(), newDevice()];
    const before = await token(customer);
    await sync(phone, [viewed()], { identity: before });
    await ask("DELETE", `Bearer ${before}`, path(phone));
    await sync(phone, [viewed()], { identity: before });
    expect((await copyOf(`Bearer ${before}`)).entries).toEqual([]);
    const after = await token(customer, { issuedAt: Math.ceil(Date.now() / 1_000) + 1 });
    await sync(phone, [], { identity: after });
    expect((await copyOf(`Bearer ${before}`)).entries).toHaveLength(2);
  });

  test("is the customer's to say, of the customer's own devices", async () => {
    const [phone, customer] = [newDevice(), newDevice()];
    await sync(phone, shoes(), { identity: await token(customer) });
    expect((await ask("DELETE", asDevice(phone), path(phone))).status).toBe(401);
    expect((await ask("DELETE", await asCustomer("mallory"), path(phone))).status).toBe(204);
    expect((await ask("DELETE", await asCustomer(customer), path("..%2Fx"))).status).toBe(400);
    expect((await copyOf(await asCustomer(customer))).entries).toHaveLength(4);
  });
});

test("a page of the shop may ask, of a foreign origin may not, and another method is told", async () => {
  const preflight = await fetchEdge("/v1/profile", {
    method: "OPTIONS",
    headers: { origin: "https://shop.example" },
  });
  expect(preflight.headers.get("access-control-allow-methods")).toContain("DELETE");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  const foreign = await fetchEdge("/v1/profile", {
    method: "DELETE",
    headers: { origin: "https://evil.example", authorization: asDevice(newDevice()) },
  });
  expect(foreign.status).toBe(403);
  const wrong = await fetchEdge("/v1/profile", { method: "POST" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, DELETE"]);
});
