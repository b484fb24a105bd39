import type { Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { DeviceLog, type Draft, type Settlement } from "../src/log/device-log.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";
import { memoryStore } from "../src/log/memory-store.ts";
import type { Store } from "../src/log/store.ts";

const META = { device: "d", generation: 0, shift: 0, delivered: 0, cursor: 0 };
const SNAPSHOT = {
  definition: "x",
  clock: 1,
  needsReplay: false,
  states: [],
  sum: "",
};

/** One contract for every store: what is kept must not depend on where. */
const stores: Record<string, () => Store> = {
  IndexedDB: () => indexedDbStore(`log-test-${crypto.randomUUID()}`),
  memory: memoryStore,
};

function draft(id: string, at = 1): Draft {
  return { type: "event", id, name: "Product Viewed", at, properties: {} };
}

function event(id: string, timestamp = 1, properties = {}): Entry {
  return { type: "event", id, name: "Product Viewed", timestamp, properties };
}

function settlement(change: Partial<Settlement>): Settlement {
  const shift = { after: 0, by: 0, sent: new Set<string>() };
  return { device: "d", meta: {}, timestamps: {}, rejected: [], gained: [], shift, ...change };
}

async function opened(store: Store): Promise<DeviceLog> {
  const log = new DeviceLog(store, META);
  await log.open();
  return log;
}

describe.each(Object.entries(stores))("the device's log in %s", (_name, create) => {
  test("numbers entries in order of arrival and takes an id once", async () => {
    const log = await opened(create());
    await log.append(draft("b"), 0);
    await log.append(draft("a"), 0);
    const { rows, row } = await log.append(draft("b", 99), 0);
    expect(rows.map(({ n, entry }) => [n, entry.id, entry.timestamp])).toEqual([
      [1, "b", 1],
      [2, "a", 1],
    ]);
    expect(row.n).toBe(1);
  });

  test("gives a page what other pages of the device have added since it last looked", async () => {
    const store = create();
    const [one, other] = [await opened(store), await opened(store)];
    await one.append(draft("a"), 0);
    await other.append(draft("b"), 0);
    expect((await one.append(draft("c"), 1)).rows.map(({ entry }) => entry.id)).toEqual(["b", "c"]);
  });

  test("numbers entries without a gap or a double when they are added at once", async () => {
    const store = create();
    const [one, other] = [await opened(store), await opened(store)];
    const ids = Array.from({ length: 40 }, (_none, at) => `e${at}`);
    await Promise.all(ids.map((id, at) => (at % 2 ? one : other).append(draft(id), 0)));
    const rows = await one.rowsAfter(0);
    expect(rows.map(({ n }) => n)).toEqual(ids.map((_id, at) => at + 1));
    expect(rows.map(({ entry }) => entry.id).sort()).toEqual(ids.sort());
  });

  test("starts the next page from the saved profile and the rows after it", async () => {
    const store = create();
    const log = await opened(store);
    await log.append(draft("a"), 0);
    await log.saveProfile({ device: "d", generation: 0, n: 1, snapshot: SNAPSHOT });
    await log.append(draft("b"), 1);
    const start = await new DeviceLog(store, { ...META, device: "another" }).open();
    expect(start.meta.device).toBe("d");
    expect(start.saved?.n).toBe(1);
    expect(start.rows.map(({ entry }) => entry.id)).toEqual(["b"]);
  });
});

describe.each(Object.entries(stores))("a delivery, in the device's log in %s", (_name, create) => {
  test("settles a delivery at once: instants moved, entries gained, progress noted, a saved profile outdated", async () => {
    const log = await opened(create());
    await log.append(draft("a", 10), 0);
    await log.append(draft("late", 20), 1);
    await log.saveProfile({ device: "d", generation: 0, n: 2, snapshot: SNAPSHOT });
    const { rows, meta } = await log.settle(
      settlement({
        meta: { delivered: 1, cursor: 7, log: "l", shift: 1000 },
        timestamps: { a: 11, unknown: 5 },
        gained: [event("far", 3), event("a", 99)],
        shift: { after: 0, by: 1000, sent: new Set(["a"]) },
      }),
      0,
    );
    expect(rows.map(({ n, entry, remote }) => [n, entry.id, entry.timestamp, remote ?? false])).toEqual([
      [1, "a", 11, false],
      [2, "late", 1020, false],
      [3, "far", 3, true],
    ]);
    expect(meta).toMatchObject({ delivered: 1, cursor: 7, log: "l", device: "d", generation: 1 });
    expect((await log.pending(10)).rows.map(({ n }) => n)).toEqual([2, 3]);
    expect((await log.open()).saved).toBeUndefined();
    // Recorded by the clock that was set right.
    expect((await log.append(draft("new", 30), 3)).row.entry.timestamp).toBe(1030);
  });

  test("changes nothing when another page has started as another device meanwhile", async () => {
    const log = await opened(create());
    await log.append(draft("a"), 0);
    await log.restart({ ...META, device: "e" });
    const { meta, rows } = await log.settle(
      settlement({ meta: { delivered: 21, log: "l", cursor: 9 }, gained: [event("hers")] }),
      0,
    );
    expect(meta).toMatchObject({ device: "e", delivered: 0, cursor: 0 });
    expect(rows).toEqual([]);
    await log.saveProfile({ device: "d", generation: 0, n: 7, snapshot: SNAPSHOT });
    await log.patchMeta("d", { subject: "ada" });
    expect((await log.open()).saved).toBeUndefined();
    expect((await log.open()).meta.subject).toBeUndefined();
  });

  test("takes a gained entry again when another manifest lets more of it through, an own one never", async () => {
    const log = await opened(create());
    await log.append(draft("own"), 0);
    await log.settle(settlement({ gained: [event("far")] }), 0);
    expect((await log.settle(settlement({ gained: [event("far")] }), 0)).meta.generation).toBe(0);
    const more = ["far", "own"].map((id) => event(id, 1, { category: "shoes" }));
    const { rows, meta } = await log.settle(settlement({ gained: more }), 0);
    expect(rows.map(({ entry }) => [entry.id, (entry as { properties: object }).properties])).toEqual([
      ["own", {}],
      ["far", { category: "shoes" }],
    ]);
    expect(meta.generation).toBe(1);
  });

  test("marks what the edge has refused, and never gives its number away", async () => {
    const log = await opened(create());
    await log.append(draft("old"), 0);
    const { rows, meta } = await log.settle(
      settlement({ meta: { delivered: 1 }, rejected: ["old", "unknown"] }),
      0,
    );
    expect(rows.map(({ refused }) => refused)).toEqual([true]);
    expect(meta.generation).toBe(1);
    expect((await log.append(draft("new"), 1)).row.n).toBe(2);
  });
});

describe.each(Object.entries(stores))("another device, in the log in %s", (_name, create) => {
  test("forgets everything when it starts as another device", async () => {
    const log = await opened(create());
    await log.append(draft("a"), 0);
    expect(await log.restart({ ...META, device: "e" })).toMatchObject({ device: "e", generation: 1 });
    expect(await log.rowsAfter(0)).toEqual([]);
    expect((await log.open()).meta.device).toBe("e");
    expect((await log.append(draft("a"), 0)).rows.map(({ n }) => n)).toEqual([1]);
  });

  test("leaves behind what was not delivered, without what must never leave, until it has arrived", async () => {
    const log = await opened(create());
    const manifest = { hash: "h", definition: { segments: {}, private: ["Health Quiz Taken"] } };
    await log.patchMeta("d", { manifest });
    for (const id of ["a", "b", "c"]) await log.append(draft(id), 0);
    await log.append({ ...draft("secret"), name: "Health Quiz Taken" } as Draft, 0);
    await log.settle(settlement({ meta: { delivered: 1 }, gained: [event("far")] }), 0);
    await log.restart({ ...META, device: "e" });
    await log.append(draft("hers"), 0);
    await log.restart({ ...META, device: "f" });
    const left = async () =>
      (await log.leftBehind()).map(({ device, entries }) => [device, entries.map(({ id }) => id)]);
    expect(await left()).toEqual([
      ["d", ["b", "c"]],
      ["e", ["hers"]],
    ]);
    await log.takeLeftBehind("d", 1);
    await log.takeLeftBehind("e", 1);
    expect(await left()).toEqual([["d", ["c"]]]);
    expect(await log.rowsAfter(0)).toEqual([]);
  });

  test("begins again as the same device when everything was taken from it", async () => {
    const store = create();
    const log = await opened(store);
    await log.settle(settlement({ meta: { delivered: 5, cursor: 9, log: "l", shift: 7 } }), 0);
    await store.transact("readwrite", async (transaction) => transaction.clear());
    const { meta } = await log.append(draft("a"), 0);
    expect(meta).toMatchObject({ device: "d", delivered: 0, cursor: 0, generation: 1 });
  });
});
