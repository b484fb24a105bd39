import { compile, type Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { answerDevice, type DeviceAnswer, type DeviceCall } from "../src/profile/device-side.ts";
import {
  hasJoined,
  join,
  movedTo,
  type Giver,
  type HandedOver,
  type JoinReason,
} from "../src/profile/join.ts";
import type { LogStore } from "../src/profile/log-store.ts";
import { beginParting, part, type Taker } from "../src/profile/part.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { memoryLogStore } from "./kit/memory-log-store.ts";

const ENTRIES = 2_500;

function entry(at: number): Entry {
  return { type: "event", id: `e${at}`, name: "X", timestamp: at, properties: {} };
}

/** Two logs, a device's with entries in it and a customer's that knows one of them already. */
function stores(): { device: LogStore; customer: LogStore } {
  const [device, customer] = [memoryLogStore(), memoryLogStore()];
  for (let at = 0; at < ENTRIES; at++) device.add(entry(at), "phone");
  customer.add(entry(7), "laptop");
  return { device, customer };
}

const program = compile({
  segments: { keen: { count: "X", gte: ENTRIES }, seen: { count: "X", gte: 1 } },
});

function keeperOf(store: LogStore): ProfileKeeper {
  return new ProfileKeeper(program, store);
}

const PROVEN = { proven: true, asked: true };

/** The device's own profile, which talks with the customer `subject`; it fails from the call after so many on. */
function home(store: LogStore, subject: string, calls = Infinity): Giver & Taker {
  let made = 0;
  const answer = async (call: DeviceCall): Promise<DeviceAnswer> => {
    if (made++ >= calls) throw new Error("the network is gone");
    return structuredClone(answerDevice(store, call));
  };
  const who = { subject, device: "phone" };
  return {
    handOver: async (after, reason) =>
      (await answer({ ...who, ask: "hand-over", after, reason })) as HandedOver,
    release: async () => (await answer({ ...who, ask: "release" })) as boolean,
    takeBack: async (entries) => (await answer({ ...who, ask: "take-back", entries })) as boolean,
    comeHome: async (consent) => void (await answer({ ...who, ask: "come-home", consent })),
  };
}

function idsIn(store: LogStore): string[] {
  return [...store.all()].map(({ id }) => id).sort();
}

test("a join that breaks off at any step, and is begun again, ends the same", async () => {
  const { device, customer } = stores();
  const expected = idsIn(device);
  // Six pages, and the word that all of it has arrived.
  for (let calls = 0; calls <= 7; calls++) {
    const giver = home(device, "ada", calls);
    const outcome = await join(customer, "phone", {
      keeper: keeperOf(customer),
      reason: PROVEN,
      giver,
    }).catch((error: Error) => error.message);
    expect(outcome).toBe(calls < 7 ? "the network is gone" : "joined");
    expect(hasJoined(customer, "phone")).toBe(calls === 7);
    expect(movedTo(device)).toBe(calls === 0 ? undefined : "ada");
  }
  expect(idsIn(customer)).toEqual(expected);
  // The one copy is the customer's.
  expect(idsIn(device)).toEqual([]);
});

test("two joins at once end as one", async () => {
  const { device, customer } = stores();
  const joined = () =>
    join(customer, "phone", { keeper: keeperOf(customer), reason: PROVEN, giver: home(device, "ada") });
  expect(await Promise.all([joined(), joined()])).toEqual(["joined", "joined"]);
  expect(customer.lastNumber()).toBe(ENTRIES);
});

test("a device goes to the first who proves to be its owner, and to nobody else", async () => {
  const { device, customer } = stores();
  const joinAs = (subject: string) =>
    join(customer, "phone", { keeper: keeperOf(customer), reason: PROVEN, giver: home(device, subject) });
  expect(await joinAs("ada")).toBe("joined");
  expect(await joinAs("mallory")).toBe("taken");
  expect(movedTo(device)).toBe("ada");
});

test("a device does not join where nobody has proved to be the customer, or its shopper has not said yes", async () => {
  const { device, customer } = stores();
  const joinFor = (reason: JoinReason) =>
    join(customer, "phone", { keeper: keeperOf(customer), reason, giver: home(device, "ada") });
  expect(await joinFor({ proven: false, asked: true })).toBe("declined");
  device.putDevice({ id: "phone", state: "apart", consent: { marketing: { granted: false, at: 1 } } });
  expect(await joinFor({ proven: true, asked: false })).toBe("declined");
  device.putDevice({ id: "phone", state: "apart", consent: {} });
  expect(await joinFor({ proven: true, asked: false })).toBe("declined");
  expect(customer.devices()).toEqual([]);
  expect(await joinFor({ proven: true, asked: true })).toBe("joined");
  // With its log goes what was said on it.
  expect(customer.device("phone")).toEqual({ id: "phone", state: "joined", consent: {} });
});

describe("undoing a join", () => {
  test("gives each side what it would have without, however often it breaks off and wherever", async () => {
    const { device, customer } = stores();
    await join(customer, "phone", { keeper: keeperOf(customer), reason: PROVEN, giver: home(device, "ada") });
    customer.add({ type: "event", id: "later", name: "X", timestamp: ENTRIES, properties: {} }, "phone");
    const keeper = new ProfileKeeper(program, customer);
    expect(keeper.catchUp(ENTRIES + 1).map(({ segment }) => segment)).toEqual(["seen", "keen"]);
    beginParting(customer, "phone", 5);
    // Six pages with the one that came later, and the way home.
    for (let calls = 0; calls <= 7; calls++) {
      const taker = home(device, "ada", calls);
      const parted = part({ store: customer, keeper }, "phone", { taker, now: () => ENTRIES + 9 });
      expect(
        await parted.then(
          () => "apart",
          (error: Error) => error.message,
        ),
      ).toBe(calls < 7 ? "the network is gone" : "apart");
    }
    expect(idsIn(customer)).toEqual(["e7"]);
    expect(keeper.profile.segments()).toEqual(["seen"]);
    expect(customer.transitions(1)).toEqual([{ segment: "keen", change: "exited", at: ENTRIES + 9 }]);
    expect(customer.device("phone")).toEqual({ id: "phone", state: "apart", removed: 5 });
    // The entry that the customer had from elsewhere is the customer's.
    expect(idsIn(device)).toHaveLength(ENTRIES);
    expect(movedTo(device)).toBeUndefined();
    const alone = memoryLogStore();
    alone.add(entry(7), "laptop");
    const other = new ProfileKeeper(program, alone);
    other.catchUp(ENTRIES + 9);
    expect(keeper.profile.snapshot()).toEqual(other.profile.snapshot());
  });

  test("that the device is home already does not keep the customer from ending it", async () => {
    const { device, customer } = stores();
    await join(customer, "phone", { keeper: keeperOf(customer), reason: PROVEN, giver: home(device, "ada") });
    const keeper = new ProfileKeeper(program, customer);
    beginParting(customer, "phone");
    const taker: Taker = {
      ...home(device, "ada"),
      comeHome: async () => {
        await home(device, "ada").comeHome();
        throw new Error("the answer is lost");
      },
    };
    const options = { taker, now: () => ENTRIES };
    await expect(part({ store: customer, keeper }, "phone", options)).rejects.toThrow("the answer is lost");
    // Meanwhile it goes on by itself, and comes to somebody else.
    device.add({ ...entry(1), id: "own" }, "phone");
    await join(memoryLogStore(), "phone", { keeper, reason: PROVEN, giver: home(device, "bob") });
    await part({ store: customer, keeper }, "phone", { ...options, taker: home(device, "ada") });
    expect([idsIn(customer), customer.device("phone"), movedTo(device)]).toEqual([["e7"], undefined, "bob"]);
  });

  test("a device that is removed while it joins does not come in behind", async () => {
    const { device, customer } = stores();
    const keeper = new ProfileKeeper(program, customer);
    const real = home(device, "ada");
    let pages = 0;
    const giver: Giver = {
      ...real,
      handOver: async (after, reason) => {
        const page = await real.handOver(after, reason);
        if (++pages === 3) {
          beginParting(customer, "phone", 5);
          await part({ store: customer, keeper }, "phone", { taker: real, now: () => ENTRIES });
        }
        return page;
      },
    };
    expect(await join(customer, "phone", { keeper, reason: PROVEN, giver })).toBe("declined");
    expect([idsIn(customer), idsIn(device).length, movedTo(device)]).toEqual([["e7"], ENTRIES, undefined]);
  });
});
