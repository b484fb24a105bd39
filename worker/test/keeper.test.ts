import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Definition, type Entry } from "@murmur/core";
import { expect, test } from "vitest";
import type { LogStore } from "../src/profile/log-store.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";

const T = 1_790_000_000_000;

function view(id: string, timestamp: number): Entry {
  return { type: "event", id, name: "Product Viewed", timestamp, properties: { category: "shoes" } };
}

function program(segments: Definition["segments"]) {
  return compile({ segments });
}

/** Runs `work` over the SQLite of a Durable Object of its own. */
function withStore(work: (store: LogStore, storage: DurableObjectStorage) => void): Promise<void> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, state) => work(sqliteLogStore(state.storage), state.storage));
}

test("another definition is right from its first minute, and the difference is told as transitions", () =>
  withStore((store) => {
    for (const at of [1, 2, 3]) store.add(view(`v${at}`, T + at), "device");
    const old = program({
      two: { count: "Product Viewed", gte: 2 },
      gone: { count: "Product Viewed", gte: 1 },
    });
    new ProfileKeeper(old, store).catchUp(T + 10);
    const now = program({
      two: { count: "Product Viewed", gte: 2 },
      three: { count: "Product Viewed", gte: 3 },
    });
    expect(new ProfileKeeper(now, store).catchUp(T + 20)).toEqual([
      { segment: "gone", change: "exited", at: T + 20 },
      { segment: "three", change: "entered", at: T + 20 },
    ]);
    expect(new ProfileKeeper(now, store).catchUp(T + 30)).toEqual([]);
  }));

test("a snapshot that is damaged is made anew from the log, with no transition", () =>
  withStore((store) => {
    const keen = program({ keen: { count: "Product Viewed", gte: 2 } });
    for (const at of [1, 2]) store.add(view(`v${at}`, T + at), "device");
    new ProfileKeeper(keen, store).catchUp(T + 10);
    store.put("profile", { snapshot: { version: 1, definition: keen.hash }, segments: ["keen"], seen: 1 });
    const keeper = new ProfileKeeper(keen, store);
    expect(keeper.catchUp(T + 20)).toEqual([]);
    expect(keeper.profile.segments()).toEqual(["keen"]);
  }));

test("what fails half way leaves the store as it was, and the next look is right", () =>
  withStore((store) => {
    const keen = program({ keen: { count: "Product Viewed", gte: 1 } });
    const keeper = new ProfileKeeper(keen, {
      ...store,
      put: () => {
        throw new Error("disk");
      },
    });
    store.add(view("v1", T), "device");
    expect(() => keeper.catchUp(T + 10)).toThrow("disk");
    expect(store.transitions(10)).toEqual([]);
    expect(new ProfileKeeper(keen, store).catchUp(T + 20)).toEqual([
      { segment: "keen", change: "entered", at: T },
    ]);
  }));

test("a profile that woke with an empty log folds nothing of what comes then", () =>
  withStore((store) => {
    const keen = program({ keen: { count: "Product Viewed", gte: 1 } });
    new ProfileKeeper(keen, store).catchUp(T);
    store.add(view("v1", T + 1), "device");
    new ProfileKeeper(keen, store).catchUp(T + 2);
    expect(store.get("folded-up-to")).toBeUndefined();
  }));

test("who only looks has nothing stored, until something has come or is due", () =>
  withStore((store) => {
    const gone = program({
      seen: { count: "Product Viewed", gte: 1 },
      gone: { sinceLast: "Product Viewed", gte: "1h" },
    });
    let stored = 0;
    const keeper = new ProfileKeeper(gone, {
      ...store,
      put(name, value) {
        stored++;
        store.put(name, value);
      },
    });
    // Of a profile that is not in memory, nothing is known.
    expect(keeper.passTime(T)).toBe(false);
    keeper.catchUp(T);
    store.add(view("v1", T + 1), "device");
    expect(keeper.passTime(T + 2)).toBe(false);
    keeper.catchUp(T + 2);
    stored = 0;
    expect(keeper.passTime(T + 36e5)).toBe(true);
    expect(keeper.profile.clock).toBe(T + 36e5);
    expect(keeper.profile.segments()).toEqual(["seen"]);
    expect(stored).toBe(0);
    expect(keeper.passTime(T + 1 + 36e5)).toBe(false);
    expect(keeper.catchUp(T + 2 + 36e5)).toEqual([{ segment: "gone", change: "entered", at: T + 1 + 36e5 }]);
    // What has not been stored is known again by who wakes next.
    keeper.passTime(T + 3 + 36e5);
    expect(new ProfileKeeper(gone, store).catchUp(T + 3 + 36e5)).toEqual([]);
  }));

test("who only looks has a log folded that has come of age", () =>
  withStore((store) => {
    const keen = program({ keen: { count: "Product Viewed", gte: 1 } });
    const keeper = new ProfileKeeper(keen, store);
    store.add(view("v1", T), "device");
    keeper.catchUp(T);
    expect(keeper.passTime(T + 864e5)).toBe(true);
    expect(keeper.passTime(T + 402 * 864e5)).toBe(false);
  }));

test("migrations run once, and what is there already stays", () =>
  withStore((store, storage) => {
    store.add(view("v1", T), "device");
    const again = sqliteLogStore(storage);
    expect([...again.all()]).toEqual([view("v1", T)]);
    const { runs, last } = storage.sql
      .exec("SELECT count(*) AS runs, max(version) AS last FROM migration")
      .one();
    expect(runs).toBe(last);
  }));

test("a profile of the first version comes to the present one with all that it had", () =>
  withStore((_store, storage) => {
    const { sql } = storage;
    const later = ["device", "outbox", "outbox_note", "journey_run", "journey_version", "journey_note"];
    for (const table of later) sql.exec(`DROP TABLE ${table}`);
    sql.exec("DELETE FROM migration WHERE version > 1");
    sql.exec(
      "INSERT INTO value (name, body) VALUES ('joined aa', 'true'), ('joined bb', 'true'), ('log', '\"l\"')",
    );
    const old = { ...view("0123456789abcdef0123456789abcdef", 7), timestamp: undefined };
    for (const [id, device] of [
      ["v1", "aa"],
      [old.id, "fedcba9876543210fedcba9876543210"],
    ])
      sql.exec(
        "INSERT INTO entry (id, timestamp, device, body) VALUES (?, 7, ?, ?)",
        id,
        device,
        JSON.stringify({ ...old, id }),
      );
    const store = sqliteLogStore(storage);
    expect(store.devices()).toEqual([
      { id: "aa", state: "joined" },
      { id: "bb", state: "joined" },
    ]);
    expect([store.get("joined aa"), store.get("log")]).toEqual([undefined, "l"]);
    expect(store.after(0, 9)).toEqual([
      { n: 1, device: "aa", entry: view("v1", 7) },
      { n: 2, device: "fedcba9876543210fedcba9876543210", entry: view(old.id, 7) },
    ]);
    expect(store.add(view(old.id, 8), "aa")).toBe(false);
  }));
