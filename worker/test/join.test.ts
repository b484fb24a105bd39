import type { Entry } from "@murmur/core";
import { expect, test } from "vitest";
import { handOver, hasJoined, join, movedTo, type Giver } from "../src/profile/join.ts";
import type { LogStore } from "../src/profile/log-store.ts";
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

test("a join that breaks off at any page, and is begun again, ends the same", async () => {
  const { device, customer } = stores();
  for (let breakAt = 1; breakAt <= 7; breakAt++) {
    let pages = 0;
    const giver: Giver = {
      handOver: async (subject, after) => {
        if (pages++ === breakAt) throw new Error("the network is gone");
        return handOver(device, subject, after);
      },
    };
    const outcome = await join(customer, "phone", "ada", giver).catch((error: Error) => error.message);
    expect(outcome).toBe(breakAt < 6 ? "the network is gone" : true);
    expect(hasJoined(customer, "phone")).toBe(breakAt >= 6);
    expect(movedTo(device)).toBe("ada");
  }
  const ids = [...customer.all()].map(({ id }) => id);
  expect(ids).toHaveLength(ENTRIES);
  expect(new Set(ids).size).toBe(ENTRIES);
});

test("two joins at once end as one", async () => {
  const { device, customer } = stores();
  const giver: Giver = { handOver: async (subject, after) => handOver(device, subject, after) };
  await Promise.all([join(customer, "phone", "ada", giver), join(customer, "phone", "ada", giver)]);
  expect(customer.lastNumber()).toBe(ENTRIES);
});

test("a device goes to the first who proves to be its owner, and to nobody else", async () => {
  const { device, customer } = stores();
  const giver: Giver = { handOver: async (subject, after) => handOver(device, subject, after) };
  expect(await join(customer, "phone", "ada", giver)).toBe(true);
  expect(await join(customer, "phone", "mallory", giver)).toBe(false);
  expect(movedTo(device)).toBe("ada");
});
