import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { emailHash } from "../src/identity/email-hash.ts";
import { emailOwner } from "../src/identity/email-owner.ts";
import { profileStub, type ProfileAddress } from "../src/profile/profile-address.ts";
import { newDevice, sync, token } from "./kit/call.ts";
import { customer, mails, NOTHING, OPENS } from "./kit/hook-opens.ts";

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
