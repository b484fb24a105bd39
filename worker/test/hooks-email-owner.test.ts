import { env } from "cloudflare:test";
import type { Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import {
  claimEmail,
  emailOwners,
  releaseEmail,
  releaseUntold,
  tellEmail,
} from "../src/identity/claim-email.ts";
import { claimOwnEmail, withoutClaims } from "../src/identity/claim-own-email.ts";
import { emailHash } from "../src/identity/email-hash.ts";
import { emailOwner } from "../src/identity/email-owner.ts";
import type { ProfileAddress } from "../src/profile/profile-address.ts";
import { memoryLogStore } from "./kit/memory-log-store.ts";

const ada: ProfileAddress = { kind: "customer", id: "ada" };
const mallory: ProfileAddress = { kind: "customer", id: "mallory" };
const phone: ProfileAddress = { kind: "device", id: "0".repeat(32) };
const laptop: ProfileAddress = { kind: "device", id: "1".repeat(32) };

function newAddress(): string {
  return `${crypto.randomUUID()}@shop.example`;
}

async function ownerOf(address: string): Promise<ProfileAddress | undefined> {
  return emailOwner(env, (await emailHash(address))!).owner();
}

function told(email: unknown, timestamp: number): Entry {
  return { type: "identify", id: `i${timestamp}`, timestamp, traits: { email: email as string } };
}

/** A profile whose log is what was told, claiming each time. */
function claiming(profile: ProfileAddress, trusted: Partial<typeof env> = {}) {
  const store = memoryLogStore();
  const owners = emailOwners({ ...env, ...trusted }, profile);
  return {
    store,
    owners,
    tell: async (...entries: Entry[]) => {
      for (const entry of entries) store.add(entry, "device");
      if (owners) await claimEmail(store, profile, owners);
    },
  };
}

describe("the hash of an address", () => {
  test("is the SHA-256 of what others normalise it to", async () => {
    // printf %s ada@shop.example | sha256sum
    const hash = "a4c14f1b068bf2c602e289b5dfcd89085692c73c63daf5a90a0b481b7328ee35";
    const spellings = [
      "ada@shop.example",
      " Ada@Shop.Example ",
      "Ada Lovelace <ada@shop.example>",
      "<ADA@SHOP.EXAMPLE>",
    ];
    for (const spelling of spellings) expect(await emailHash(spelling)).toBe(hash);
  });

  test.each([
    undefined,
    null,
    5,
    {},
    "",
    "ada",
    "@",
    "a@",
    "@b",
    "a b@c",
    "a@b@c",
    `${"a".repeat(320)}@b`,
    "<>",
  ])("is none of %j", async (address) => expect(await emailHash(address)).toBeUndefined());
});

describe("an address", () => {
  test("is the last device's that gave it, until a customer proves to be one", async () => {
    const owner = emailOwner(env, crypto.randomUUID());
    expect(await owner.owner()).toBeUndefined();
    expect(await owner.claim(phone)).toBe(true);
    expect(await owner.claim(laptop)).toBe(true);
    expect(await owner.owner()).toEqual(laptop);
    expect(await owner.claim(ada)).toBe(true);
    expect(await owner.claim(phone)).toBe(false);
    expect(await owner.owner()).toEqual(ada);
  });

  test("stays the first customer's, whoever gives it after", async () => {
    const owner = emailOwner(env, crypto.randomUUID());
    await owner.claim(ada);
    expect(await owner.claim(mallory)).toBe(false);
    await owner.release(mallory);
    expect(await owner.owner()).toEqual(ada);
    await owner.release(ada);
    expect(await owner.owner()).toBeUndefined();
    expect(await owner.claim(mallory)).toBe(true);
  });
});

describe("a profile", () => {
  test("claims the address that it is told, and gives up the one before", async () => {
    const [first, second] = [newAddress(), newAddress()];
    const profile = claiming(ada);
    await profile.tell(told(first, 1));
    expect(await ownerOf(first.toUpperCase())).toEqual(ada);
    await profile.tell(told(second, 2));
    expect([await ownerOf(first), await ownerOf(second)]).toEqual([undefined, ada]);
    await profile.tell(told(null, 3));
    expect(await ownerOf(second)).toBeUndefined();
  });

  test("goes by the last word, in whatever order it comes", async () => {
    const [first, second] = [newAddress(), newAddress()];
    const profile = claiming(ada);
    await profile.tell(told(second, 2));
    await profile.tell(told(first, 1));
    expect([await ownerOf(first), await ownerOf(second)]).toEqual([undefined, ada]);
    const [third, fourth] = [newAddress(), newAddress()];
    await profile.tell(told(fourth, 4), told(third, 3));
    expect([await ownerOf(third), await ownerOf(fourth)]).toEqual([undefined, ada]);
  });

  test("keeps its address when what told it has left the log for its age", async () => {
    const address = newAddress();
    const profile = claiming(ada);
    await profile.tell(told(address, 1));
    const later = memoryLogStore();
    later.put("email", profile.store.get("email"));
    await claimEmail(later, ada, profile.owners!);
    expect(await ownerOf(address)).toEqual(ada);
  });

  test("claims nothing twice: only what has changed is asked for", async () => {
    const address = newAddress();
    const store = memoryLogStore();
    let asked = 0;
    const counting = (hash: string) => {
      asked++;
      return emailOwner(env, hash);
    };
    for (const at of [1, 2, 3]) {
      store.add(told(address, at), "device");
      await claimEmail(store, ada, counting);
    }
    expect(asked).toBe(1);
  });

  test("that could not claim its address does so when it is told again", async () => {
    const address = newAddress();
    const store = memoryLogStore();
    store.add(told(address, 1), "device");
    const broken = () => {
      throw new Error("the network is gone");
    };
    await expect(claimEmail(store, ada, broken)).rejects.toThrow("the network is gone");
    await claimEmail(store, ada, emailOwners(env, ada)!);
    expect(await ownerOf(address)).toEqual(ada);
  });
});

describe("an address that was claimed, but the answer was lost,", () => {
  async function broken() {
    const [address, profile] = [newAddress(), claiming(ada)];
    profile.store.add(told(address, 1), "device");
    const lost = (hash: string) => ({
      ...emailOwner(env, hash),
      claim: async (who: ProfileAddress) => {
        await emailOwner(env, hash).claim(who);
        throw new Error("the network is gone");
      },
    });
    await expect(claimEmail(profile.store, ada, lost)).rejects.toThrow("the network is gone");
    expect(await ownerOf(address)).toEqual(ada);
    return { address, ...profile };
  }

  test("is nobody's once the profile is erased", async () => {
    const { address, store, owners } = await broken();
    await releaseEmail(store, ada, owners!);
    expect(await ownerOf(address)).toBeUndefined();
  });

  test("is nobody's once another is told", async () => {
    const [{ address, tell }, another] = [await broken(), newAddress()];
    await tell(told(another, 2));
    expect([await ownerOf(address), await ownerOf(another)]).toEqual([undefined, ada]);
  });

  test("is nobody's once what told it is taken out of the log", async () => {
    const { address, store, owners } = await broken();
    store.removeOfDevice("device");
    await releaseUntold(store, ada, owners!);
    expect(await ownerOf(address)).toBeUndefined();
  });

  test("is the profile's once it is told again", async () => {
    const { address, tell, store, owners } = await broken();
    await tell(told(address, 1));
    expect(await ownerOf(address)).toEqual(ada);
    await releaseEmail(store, ada, owners!);
    expect(await ownerOf(address)).toBeUndefined();
  });
});

describe("a profile among others, and at once with itself,", () => {
  test("that came second has the address when it tells it again after the first has given it up", async () => {
    const [address, another] = [newAddress(), newAddress()];
    const [first, second] = [claiming(ada), claiming(mallory)];
    await first.tell(told(address, 1));
    await second.tell(told(address, 1));
    await second.tell(told(address, 2));
    expect(await ownerOf(address)).toEqual(ada);
    await first.tell(told(another, 3));
    await second.tell(told(address, 4));
    expect([await ownerOf(address), await ownerOf(another)]).toEqual([mallory, ada]);
    // What it could not have, it does not give up for another.
    await second.tell(told(another, 5));
    expect([await ownerOf(address), await ownerOf(another)]).toEqual([undefined, ada]);
    await releaseEmail(second.store, mallory, second.owners!);
    expect(await ownerOf(another)).toEqual(ada);
  });

  test("that is told two addresses at once owns the last one alone", async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ] as const) {
      const addresses = [newAddress(), newAddress()] as const;
      const store = memoryLogStore();
      const claims = order.map((at) => {
        store.add(told(addresses[at - 1], at), "device");
        return claimOwnEmail(env, ada, store);
      });
      await Promise.all(claims);
      expect([await ownerOf(addresses[0]), await ownerOf(addresses[1])]).toEqual([undefined, ada]);
    }
  });

  test("gives its address up when it is erased", async () => {
    const address = newAddress();
    const profile = claiming(ada);
    await profile.tell(told(address, 1));
    await releaseEmail(profile.store, ada, profile.owners!);
    expect(await ownerOf(address)).toBeUndefined();
    await releaseEmail(profile.store, ada, profile.owners!);
  });

  test("that is erased while it claims its address owns none afterwards", async () => {
    const address = newAddress();
    const profile = claiming(ada);
    profile.store.add(told(address, 1), "device");
    const claim = claimOwnEmail(env, ada, profile.store);
    const erasure = withoutClaims(profile.store, async () => {
      await releaseEmail(profile.store, ada, profile.owners!);
      profile.store.clear();
    });
    const late = claimOwnEmail(env, ada, profile.store);
    await expect(late).rejects.toThrow("erased");
    await Promise.all([claim, erasure]);
    expect(await ownerOf(address)).toBeUndefined();
  });

  test("of a device claims none by its word alone, unless the shop takes it", async () => {
    const address = newAddress();
    await claiming(phone).tell(told(address, 1));
    expect(await ownerOf(address)).toBeUndefined();
    await claiming(phone, { TRUST_DEVICE_EMAIL: "1" }).tell(told(address, 1));
    expect(await ownerOf(address)).toEqual(phone);
  });

  test("claims nothing for what is no address", async () => {
    for (const email of [5, {}, "nobody", ""]) await claiming(ada).tell(told(email, 1));
    await claiming(ada).tell({ type: "identify", id: "i", timestamp: 1, traits: {} });
    expect(tellEmail([{ type: "event", id: "e", name: "email", timestamp: 1 }])).toBe(false);
  });
});
