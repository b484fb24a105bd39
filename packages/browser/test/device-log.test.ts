import type { Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { DeviceLog } from "../src/log/device-log.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";
import { memoryStore } from "../src/log/memory-store.ts";
import type { Store } from "../src/log/store.ts";

const META = { device: "d", shift: 0, delivered: 0, cursor: 0 };

/** One contract for every store: what is kept must not depend on where. */
const stores: Record<string, () => Store> = {
  IndexedDB: () => indexedDbStore(`log-test-${crypto.randomUUID()}`),
  memory: memoryStore,
};

function event(id: string, timestamp = 1): Entry {
  return { type: "event", id, name: "Product Viewed", timestamp, properties: {} };
}

async function opened(store: Store): Promise<DeviceLog> {
  const log = new DeviceLog(store);
  await log.open(META);
  return log;
}

describe.each(Object.entries(stores))("the device's log in %s", (_name, create) => {
  test("numbers entries in order of arrival and takes an id once", async () => {
    const log = await opened(create());
    await log.append(event("b"), 0);
    await log.append(event("a"), 0);
    const rows = await log.append({ ...event("b"), timestamp: 99 }, 0);
    expect(rows.map(({ n, entry }) => [n, entry.id, entry.timestamp])).toEqual([
      [1, "b", 1],
      [2, "a", 1],
    ]);
  });

  test("gives a page what other pages of the device have added since it last looked", async () => {
    const store = create();
    const [one, other] = [await opened(store), await opened(store)];
    await one.append(event("a"), 0);
    await other.append(event("b"), 0);
    expect((await one.append(event("c"), 1)).map(({ entry }) => entry.id)).toEqual(["b", "c"]);
  });

  test("numbers entries without a gap or a double when they are added at once", async () => {
    const store = create();
    const [one, other] = [await opened(store), await opened(store)];
    const ids = Array.from({ length: 40 }, (_none, at) => `e${at}`);
    await Promise.all(ids.map((id, at) => (at % 2 ? one : other).append(event(id), 0)));
    const rows = await one.rowsAfter(0);
    expect(rows.map(({ n }) => n)).toEqual(ids.map((_id, at) => at + 1));
    expect(rows.map(({ entry }) => entry.id).sort()).toEqual(ids.sort());
  });

  test("starts the next page from the saved profile and the rows after it", async () => {
    const store = create();
    const log = await opened(store);
    await log.append(event("a"), 0);
    const snapshot = {
      version: 1 as const,
      definition: "x",
      clock: 1,
      needsReplay: false,
      traits: [],
      states: [],
    };
    await log.saveProfile({ n: 1, snapshot });
    await log.append(event("b"), 1);
    const start = await new DeviceLog(store).open({ ...META, device: "another" });
    expect(start.meta.device).toBe("d");
    expect(start.saved?.n).toBe(1);
    expect(start.rows.map(({ entry }) => entry.id)).toEqual(["b"]);
  });

  test("settles a delivery at once: instants moved, entries gained, progress noted", async () => {
    const log = await opened(create());
    await log.append(event("a", 10), 0);
    await log.append(event("late", 20), 1);
    const rows = await log.settle(
      {
        meta: { delivered: 1, cursor: 7, log: "l" },
        timestamps: { a: 11, unknown: 5 },
        gained: [event("far", 3), event("a", 99)],
        shift: { after: 1, by: 1000 },
      },
      0,
    );
    expect(rows.map(({ n, entry, remote }) => [n, entry.id, entry.timestamp, remote ?? false])).toEqual([
      [1, "a", 11, false],
      [2, "late", 1020, false],
      [3, "far", 3, true],
    ]);
    expect((await log.pending(10))?.meta).toMatchObject({ delivered: 1, cursor: 7, log: "l", device: "d" });
    expect((await log.pending(10))?.rows.map(({ n }) => n)).toEqual([2, 3]);
  });

  test("takes a gained entry again when another manifest lets more of it through, an own one never", async () => {
    const log = await opened(create());
    await log.append(event("own"), 0);
    const settlement = { meta: {}, timestamps: {}, shift: { after: 0, by: 0 } };
    const more = (id: string): Entry => ({ ...event(id), properties: { category: "shoes" } }) as Entry;
    await log.settle({ ...settlement, gained: [event("far")] }, 0);
    const rows = await log.settle({ ...settlement, gained: [more("far"), more("own")] }, 0);
    expect(rows.map(({ entry }) => [entry.id, (entry as { properties: object }).properties])).toEqual([
      ["own", {}],
      ["far", { category: "shoes" }],
    ]);
  });

  test("forgets everything when it starts as another device", async () => {
    const log = await opened(create());
    await log.append(event("a"), 0);
    await log.restart({ ...META, device: "e" });
    expect(await log.rowsAfter(0)).toEqual([]);
    expect((await log.open(META)).meta.device).toBe("e");
    expect((await log.append(event("a"), 0)).map(({ n }) => n)).toEqual([1]);
  });
});
