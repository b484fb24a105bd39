import { env, runInDurableObject } from "cloudflare:test";
import type { Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { sizeOf, type DeviceRecord, type LogStore } from "../src/profile/log-store.ts";
import { rememberingLogStore } from "../src/profile/remembering-log-store.ts";
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
  "a store with what is small in memory": (work) => work(rememberingLogStore(memoryLogStore())),
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

  test("tells an event that says nothing more than its name from one whose properties are empty", () =>
    withStore((store) => {
      const said = { type: "event", name: "Opened", timestamp: 1 } as const;
      const entries: Entry[] = [
        { ...said, id: "a" },
        { ...said, id: "b", properties: {} },
      ];
      for (const entry of entries) store.add(entry, "phone");
      expect([...store.all()]).toStrictEqual(entries);
    }));

  test("tells ids apart that differ by no more than how they are written", () =>
    withStore((store) => {
      const digits = "0123456789abcdef0123456789abcdef";
      const ids = [
        digits,
        digits.toUpperCase(),
        `${digits}00`,
        digits.slice(2),
        `é${digits.slice(1)}`,
        "",
        "0",
      ];
      for (const id of ids) expect(store.add(event(id), id)).toBe(true);
      for (const id of ids) {
        expect(store.add(event(id, 2), id)).toBe(false);
        expect([store.timestampOf(id), store.ofDevice(id, 0, 9).length]).toEqual([1, 1]);
      }
      expect(store.after(0, 9).map(({ device, entry }) => [device, entry.id])).toEqual(
        ids.map((id) => [id, id]),
      );
      store.removeOfDevice(digits);
      expect(store.timestampOf(digits)).toBeUndefined();
      expect(store.size().entries).toBe(ids.length - 1);
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

  test("forgets a value", () =>
    withStore((store) => {
      store.put("x", 1);
      store.drop("x");
      store.drop("never was");
      expect(store.get("x")).toBeUndefined();
    }));

  test("knows what one device has sent, and takes that out alone", () =>
    withStore((store) => {
      for (const id of ["a", "c"]) store.add(event(id), "phone");
      store.add(event("b"), "laptop");
      expect(store.ofDevice("phone", 0, 9).map(({ n, entry }) => [n, entry.id])).toEqual([
        [1, "a"],
        [2, "c"],
      ]);
      expect(store.ofDevice("phone", 1, 9).map(({ n }) => n)).toEqual([2]);
      expect(store.ofDevice("phone", 0, 1).map(({ n }) => n)).toEqual([1]);
      store.removeOfDevice("phone");
      expect([...store.all()]).toEqual([event("b")]);
      expect(store.add(event("a"), "laptop")).toBe(true);
    }));

  test("knows how much it holds, and takes the oldest out", () =>
    withStore((store) => {
      expect(store.size()).toEqual({ entries: 0, oldest: Infinity, bytes: 0 });
      expect(store.instantAt(0)).toBe(Infinity);
      for (const timestamp of [30, 10, 20, 20, 40]) store.add(event(crypto.randomUUID(), timestamp), "d");
      expect(store.size()).toMatchObject({ entries: 5, oldest: 10 });
      const instants = [0, 1, 2, 3, 4, 5].map((older) => store.instantAt(older));
      expect(instants).toEqual([10, 20, 20, 30, 40, Infinity]);
      expect(store.upTo(20).map(({ n, entry }) => [n, entry.timestamp])).toEqual([
        [2, 10],
        [3, 20],
        [4, 20],
      ]);
      store.removeUpTo(20);
      expect(store.size()).toMatchObject({ entries: 2, oldest: 30 });
    }));

  test("gives no number twice, be the last one gone", () =>
    withStore((store) => {
      for (const id of ["a", "b"]) store.add(event(id, 1), "phone");
      store.removeUpTo(1);
      expect(store.lastNumber()).toBe(2);
      store.add(event("c", 2), "phone");
      store.add(event("c", 3), "phone");
      expect(store.lastNumber()).toBe(3);
      expect(store.after(0, 9).map(({ n }) => n)).toEqual([3]);
      store.removeOfDevice("phone");
      store.removeOfDevice("phone");
      expect(store.lastNumber()).toBe(3);
    }));
});

test.each(Object.entries(stores))("a log in %s knows what so many bytes hold of it", (_name, withStore) =>
  withStore((store) => {
    for (const timestamp of [30, 10, 20, 20, 40]) store.add(event(crypto.randomUUID(), timestamp), "d");
    const each = store.size().bytes / 5;
    expect(each).toBeGreaterThan(0);
    const instants = [5, 4, 3, 2, 1, 0].map((held) => store.instantBefore(held * each));
    expect(instants).toEqual([-Infinity, 10, 20, 20, 30, 40]);
    store.removeUpTo(20);
    expect(store.size().bytes).toBe(2 * each);
  }),
);

test.each(Object.entries(stores))(
  "a log in %s is as large as its entries are, in UTF-8",
  (_name, withStore) =>
    withStore((store) => {
      const named: Entry = { type: "event", id: "n", name: "見た 👟", timestamp: 1 };
      const entries = [event("a"), identify, named, { ...named, id: "m", properties: {} }];
      for (const entry of entries) store.add(entry, "d");
      expect(store.size().bytes).toBe(entries.reduce((sum, entry) => sum + sizeOf(entry), 0));
      expect(sizeOf(named)).toBe('["見た 👟"]'.length + 2 * 2 + 2);
    }),
);

describe.each(Object.entries(stores))("what a profile has beside its log in %s", (_name, withStore) => {
  test("keeps devices by their ids", () =>
    withStore((store) => {
      const phone: DeviceRecord = {
        id: "phone",
        state: "joining",
        consent: { analytics: { granted: true, at: 1 } },
      };
      store.putDevice(phone);
      store.putDevice({ id: "laptop", state: "joined" });
      expect([store.device("phone"), store.device("tv")]).toEqual([phone, undefined]);
      store.putDevice({ id: "phone", state: "apart", removed: 7 });
      expect(store.devices()).toEqual([
        { id: "laptop", state: "joined" },
        { id: "phone", state: "apart", removed: 7 },
      ]);
      store.removeDevice("phone");
      expect(store.devices()).toEqual([{ id: "laptop", state: "joined" }]);
    }));

  test("is emptied of all but its devices", () =>
    withStore((store) => {
      store.add(event("a"), "phone");
      store.put("x", 1);
      store.addTransitions([{ segment: "s", change: "entered", at: 1 }]);
      store.putDevice({ id: "phone", state: "apart" });
      store.clear();
      expect([[...store.all()], store.get("x"), store.transitions(9), store.lastNumber()]).toEqual([
        [],
        undefined,
        [],
        0,
      ]);
      expect(store.devices()).toEqual([{ id: "phone", state: "apart" }]);
    }));

  test("undoes everything of a transaction that fails", () =>
    withStore((store) => {
      store.add(event("a"), "phone");
      expect(() =>
        store.transaction(() => {
          store.add(event("b"), "phone");
          store.put("x", 1);
          store.addTransitions([{ segment: "s", change: "entered", at: 1 }]);
          store.putDevice({ id: "phone", state: "apart" });
          store.removeOfDevice("phone");
          throw new Error("half way");
        }),
      ).toThrow("half way");
      expect([store.lastNumber(), store.get("x"), store.transitions(9)]).toEqual([1, undefined, []]);
      expect([store.devices(), store.size().entries]).toEqual([[], 1]);
    }));

  test("forgets with a transaction that fails what was read in it", () =>
    withStore((store) => {
      store.put("x", 1);
      store.putDevice({ id: "phone", state: "joining" });
      const read = () => [store.get("x"), store.get("y"), store.devices()];
      const before = read();
      expect(() =>
        store.transaction(() => {
          store.put("x", 2);
          store.put("y", true);
          store.putDevice({ id: "phone", state: "joined" });
          expect(read()).toEqual([2, true, [{ id: "phone", state: "joined" }]]);
          throw new Error("half way");
        }),
      ).toThrow("half way");
      expect(read()).toEqual(before);
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

test("events that an earlier version has written, with the words for name and properties, are read as they were", () =>
  runInDurableObject(env.PROFILE.get(env.PROFILE.newUniqueId()), (_object, { storage }) => {
    const store = sqliteLogStore(storage);
    const { id, timestamp, type: _type, ...words } = event("early", 5);
    const row = [id, timestamp, "phone", JSON.stringify(words)];
    storage.sql.exec("INSERT INTO entry (n, id, timestamp, device, body) VALUES (1, ?, ?, ?, ?)", ...row);
    store.add(event("late", 6), "phone");
    expect([...store.all()]).toStrictEqual([event("early", 5), event("late", 6)]);
  }));

test("a value of any size lies in rows that the platform takes, and goes with all of them", () =>
  runInDurableObject(env.PROFILE.get(env.PROFILE.newUniqueId()), (_object, { storage }) => {
    const store = sqliteLogStore(storage);
    const longest = (): number =>
      storage.sql.exec<{ bytes: number }>("SELECT max(length(CAST(body AS BLOB))) AS bytes FROM value").one()
        .bytes;
    const names = (): string =>
      storage.sql
        .exec("SELECT name FROM value ORDER BY name")
        .toArray()
        .map(({ name }) => String(name))
        .join();
    // Characters of one to four bytes, and a pair wherever a row may end.
    for (const text of ["x", "ü", "鞋", "👟", "x👟"].map((each) => each.repeat(3_000_000 / each.length))) {
      store.put("x", { text });
      expect(store.get("x")).toEqual({ text });
      // https://developers.cloudflare.com/durable-objects/platform/limits/
      expect(longest()).toBeLessThan(2_000_000);
    }
    store.put("y", 1);
    store.put("x", "short");
    expect([store.get("x"), names()]).toEqual(["short", "x,y"]);
    store.put("x", "long".repeat(1_000_000));
    store.drop("x");
    expect([store.get("x"), names()]).toEqual([undefined, "y"]);
  }));
