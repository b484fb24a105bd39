import { env, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { emailHash } from "../src/identity/email-hash.ts";
import { emailOwner } from "../src/identity/email-owner.ts";
import { profileStub, type ProfileAddress } from "../src/profile/profile-address.ts";
import { fetchEdge, newDevice, sync, token, viewed } from "./kit/call.ts";
import { customer, mails, NOTHING, OPENS } from "./kit/hook-opens.ts";
import { profileOf } from "./kit/stored.ts";

describe("an address that a device gives without proof", () => {
  test("does not bring another's mail to it, nor take it from its owner", async () => {
    const victim = await customer();
    const attacker = newDevice();
    const identify = {
      type: "identify",
      id: crypto.randomUUID(),
      timestamp: Date.now(),
      traits: { email: victim.email },
    };
    await sync(attacker, [identify]);
    await OPENS["generic"]!({ email: victim.email });
    expect(await mails({ kind: "device", id: attacker })).toEqual([]);
    expect(await mails({ kind: "customer", id: victim.id })).toHaveLength(1);
  });

  test("does not bring it to another customer either", async () => {
    const [victim, attacker] = [await customer(), await customer()];
    const traits = { email: victim.email };
    const identify = { type: "identify", id: crypto.randomUUID(), timestamp: Date.now(), traits };
    await sync(attacker.device, [identify]);
    await OPENS["generic"]!({ email: victim.email });
    expect(await mails({ kind: "customer", id: attacker.id })).toEqual([]);
    expect(await mails({ kind: "customer", id: victim.id })).toHaveLength(1);
  });
});

describe("an address that one device alone has told of", () => {
  const YES = { analytics: true, personalization: true, marketing: true };
  const identify = (email: string) => ({
    type: "identify",
    id: crypto.randomUUID(),
    timestamp: Date.now(),
    traits: { email },
  });

  /** A customer who has given one address on the laptop, and then another one on the phone. */
  async function ofTwoDevices() {
    const { id, email, device: laptop } = await customer();
    const [phone, given, identity] = [newDevice(), `${crypto.randomUUID()}@shop.example`, await token(id)];
    await sync(phone, [identify(given)], { identity, consent: YES });
    const owners = async () =>
      Promise.all(
        [email, given].map(async (one) => (await emailOwner(env, (await emailHash(one))!).owner())?.id),
      );
    expect(await owners()).toEqual([undefined, id]);
    return { id, laptop, phone, identity, owners };
  }

  test("goes with it when its join is undone, and the one before comes back", async () => {
    const { id, phone, owners } = await ofTwoDevices();
    const authorization = `Bearer ${await token(id)}`;
    const path = `/v1/profile/devices/${phone}`;
    expect((await fetchEdge(path, { method: "DELETE", headers: { authorization } })).status).toBe(204);
    expect(await owners()).toEqual([id, undefined]);
  });

  test("goes with it when it is forgotten", async () => {
    const { id, phone, owners } = await ofTwoDevices();
    const headers = { authorization: `Device ${phone}` };
    expect((await fetchEdge("/v1/profile", { method: "DELETE", headers })).status).toBe(204);
    expect(await owners()).toEqual([id, undefined]);
  });

  test("goes with it when its shopper says no to marketing", async () => {
    const { id, phone, identity, owners } = await ofTwoDevices();
    await sync(phone, [], { identity, consent: { ...YES, marketing: false } });
    expect(await owners()).toEqual([id, undefined]);
  });

  test("goes with what it has recorded, when its shopper says no to that", async () => {
    const { id, phone, identity, owners } = await ofTwoDevices();
    await sync(phone, [], { identity, consent: { ...YES, analytics: false } });
    expect(await owners()).toEqual([id, undefined]);
  });

  test("stays when another device goes, or may not record", async () => {
    const { id, laptop, phone, identity, owners } = await ofTwoDevices();
    await sync(laptop, [], { identity, consent: { ...YES, analytics: false } });
    expect(await owners()).toEqual([undefined, id]);
    await sync(laptop, [], { identity, consent: { ...YES, marketing: false } });
    expect(await owners()).toEqual([undefined, id]);
    await sync(phone, [], { identity, consent: { ...YES, analytics: false } });
    expect(await owners()).toEqual([undefined, undefined]);
  });
});

test("a customer who is forgotten while they give addresses owns none of them", async () => {
  const id = crypto.randomUUID();
  const authorization = `Bearer ${await token(id)}`;
  const [device, identity] = [newDevice(), await token(id)];
  const emails = Array.from({ length: 4 }, (_, at) => `${at}-${id}@shop.example`);
  const erase = () => fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization } });
  const consent = { analytics: true, personalization: true, marketing: true };
  const calls = Array.from({ length: 24 }, (_, at) => {
    const traits = { email: emails[at % 4] };
    const identify = { type: "identify", id: crypto.randomUUID(), timestamp: Date.now(), traits };
    return sync(at % 3 > 0 ? device : newDevice(), [identify], { identity, consent });
  });
  await Promise.all([...calls, erase(), erase(), erase()]);
  expect((await erase()).status).toBe(204);
  for (const email of emails)
    expect(await emailOwner(env, (await emailHash(email))!).owner()).toBeUndefined();
});

test("an address that a device owns is nobody's once a customer is forgotten whom it was about to join", async () => {
  const [id, device] = [crypto.randomUUID(), newDevice()];
  const [subject, address] = [id, { kind: "device", id: device } as const];
  await sync(device, [viewed()]);
  const hash = (await emailHash(`${id}@shop.example`))!;
  await emailOwner(env, hash).claim(address);
  // As the worker keeps it where a device's word counts.
  await runInDurableObject(profileOf("device", device), (_object, { storage }) => {
    const claimed = JSON.stringify({ hash, timestamp: Date.now(), id: "told" });
    storage.sql.exec("INSERT INTO value (name, body) VALUES ('email', ?)", claimed);
  });
  const home = profileStub(env, address);
  const reason = { proven: true, asked: true };
  expect(await home.home({ ask: "hand-over", subject, device, after: 0, reason })).toMatchObject({
    kind: "page",
  });
  expect(await home.home({ ask: "forget", subject, device })).toBe(true);
  expect(await emailOwner(env, hash).owner()).toBeUndefined();
});

describe("an event", () => {
  test("is the customer's whom the message names, whoever the address belongs to", async () => {
    const [named, other] = [await customer(), await customer()];
    await OPENS["generic"]!({ id: named.id, email: other.email });
    expect(await mails({ kind: "customer", id: named.id })).toHaveLength(1);
    expect(await mails({ kind: "customer", id: other.id })).toEqual([]);
  });

  test("of an address that a device owns comes to it, and to the customer it has become", async () => {
    const [device, id] = [newDevice(), crypto.randomUUID()];
    const email = `${id}@shop.example`;
    await emailOwner(env, (await emailHash(email))!).claim({ kind: "device", id: device });
    await OPENS["generic"]!({ email });
    expect(await mails({ kind: "device", id: device })).toHaveLength(1);
    const consent = { analytics: true, personalization: true, marketing: true };
    await sync(device, [], { identity: await token(id), consent });
    await OPENS["postmark"]!({ email });
    expect(await mails({ kind: "customer", id })).toHaveLength(2);
  });

  test("of a customer who was forgotten is a stranger's", async () => {
    const { id, email } = await customer();
    const address: ProfileAddress = { kind: "customer", id };
    await profileStub(env, address).erase(address);
    expect((await OPENS["generic"]!({ email })).body).toEqual({ ...NOTHING, unknown: 1 });
    expect(await emailOwner(env, (await emailHash(email))!).owner()).toBeUndefined();
  });
});
