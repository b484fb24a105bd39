import { env, runInDurableObject } from "cloudflare:test";
import type { Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import type { LogStore } from "../src/profile/log-store.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";
import { memoryLogStore } from "./kit/memory-log-store.ts";

type WithStore = (work: (store: LogStore) => void) => void | Promise<void>;

/** One contract for every store: what is kept must not depend on where. */
const stores: Record<string, WithStore> = {
  memory: (work) => work(memoryLogStore()),
  "Durable Object SQLite": (work) =>
    runInDurableObject(env.PROFILE.get(env.PROFILE.newUniqueId()), (_object, state) =>
      work(sqliteLogStore(state.storage)),
    ),
};

function event(id: string, timestamp = 1): Entry {
  return {
    type: "event",
    id,
    name: "Product Viewed",
    timestamp,
    properties: { deep: { list: [1, "ü", null] } },
  };
}

const identify: Entry = { type: "identify", id: "i", timestamp: -5, traits: { tier: "vip" } };

describe.each(Object.entries(stores))("a profile's log in %s", (_name, withStore) => {
  test("gives entries back as they came, numbered in order of arrival", () =>
    withStore((store) => {
      for (const entry of [event("b", 7), identify, event("a", 3)])
        expect(store.add(entry, "phone")).toBe(true);
      expect(store.after(0, 10)).toEqual([
        { n: 1, device: "phone", entry: event("b", 7) },
        { n: 2, device: "phone", entry: identify },
        { n: 3, device: "phone", entry: event("a", 3) },
      ]);
      expect(store.after(1, 1).map(({ n }) => n)).toEqual([2]);
      expect([...store.all()]).toEqual([event("b", 7), identify, event("a", 3)]);
      expect(store.lastNumber()).toBe(3);
    }));

  test("takes an id once; the first one is kept", () =>
    withStore((store) => {
      store.add(event("a", 1), "phone");
      expect(store.add(event("a", 2), "laptop")).toBe(false);
      expect([store.timestampOf("a"), store.timestampOf("b"), store.lastNumber()]).toEqual([1, undefined, 1]);
    }));

  test("keeps values by name", () =>
    withStore((store) => {
      expect(store.get("x")).toBeUndefined();
      store.put("x", { a: [1] });
      store.put("x", { a: [2] });
      expect(store.get("x")).toEqual({ a: [2] });
    }));

  test("undoes everything of a transaction that fails", () =>
    withStore((store) => {
      store.add(event("a"), "phone");
      expect(() =>
        store.transaction(() => {
          store.add(event("b"), "phone");
          store.put("x", 1);
          store.addTransitions([{ segment: "s", change: "entered", at: 1 }]);
          throw new Error("half way");
        }),
      ).toThrow("half way");
      expect([store.lastNumber(), store.get("x"), store.transitions(9)]).toEqual([1, undefined, []]);
    }));

  test("keeps the latest thousand transitions to look back on", () =>
    withStore((store) => {
      const transitions = Array.from({ length: 1_200 }, (_none, at) => ({
        segment: "s",
        change: at % 2 ? ("exited" as const) : ("entered" as const),
        at,
      }));
      store.addTransitions(transitions.slice(0, 700));
      store.addTransitions(transitions.slice(700));
      expect(store.transitions(5_000)).toEqual(transitions.slice(200));
      expect(store.transitions(2)).toEqual(transitions.slice(-2));
    }));
});
