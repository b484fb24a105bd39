import { manifestOf, type Entry, type Manifest } from "@murmur/core";
import { afterEach, describe, expect, test } from "vitest";
import { DeviceState } from "../src/device/device-state.ts";
import type { SyncResponse } from "../src/deliver/sync-protocol.ts";
import { add, arrive, leave, settle, type Delivery } from "../src/log/changes.ts";
import type { SavedProfile } from "../src/log/device-meta.ts";
import { indexedDbStore } from "../src/log/indexed-db-store.ts";
import { memoryStore } from "../src/log/memory-store.ts";
import type { Row } from "../src/log/row.ts";
import type { Store } from "../src/log/store.ts";

const MANIFEST: Manifest = {
  ...manifestOf({
    segments: { keen: { when: { count: "Product Viewed", gte: 2 } } },
    private: ["Health Quiz Taken"],
  }),
  hash: "h",
};

/** One contract for every store: what is kept must not depend on where. */
const stores: Record<string, () => Store> = {
  IndexedDB: () => indexedDbStore(`state-test-${crypto.randomUUID()}`),
  memory: memoryStore,
};

const opened: DeviceState[] = [];

afterEach(() => {
  for (const state of opened.splice(0)) {
    state.engine.stop();
    state.cancelSave();
  }
});

/** A page of the device; where there is no other yet, the first of it. */
async function page(store: Store, told: string[] = []): Promise<DeviceState> {
  const state = new DeviceState(
    store,
    () => undefined,
    (transitions) => told.push(...transitions.map(({ segment, change }) => `${segment} ${change}`)),
  );
  opened.push(state);
  await state.personalize(true);
  await state.act(async (transaction, meta) => {
    transaction.put("manifest", MANIFEST);
    meta.manifest = MANIFEST.hash;
  });
  return state;
}

function event(id: string, timestamp = 1, properties = {}): Entry {
  return { type: "event", id, name: "Product Viewed", timestamp, properties };
}

function append(state: DeviceState, entry: Entry): Promise<Row> {
  return state.act((transaction, meta) => add(transaction, meta, { entry }));
}

function rowsOf(state: DeviceState, after = 0): Promise<Row[]> {
  return state.act((transaction) => transaction.rowsAfter(after));
}

/** An answer of the edge to what was sent, with what is told here. */
function apply(
  state: DeviceState,
  told: Partial<Omit<Delivery, "answer">> & { answer?: Partial<SyncResponse> },
): Promise<void> {
  const before = { ...state.meta };
  const answer = {
    rejected: [],
    manifest: "h",
    shift: 0,
    timestamps: {},
    entries: [],
    log: "l",
    cursor: 0,
    more: false,
    ...told.answer,
  };
  const delivery = { before, upTo: before.delivered, entries: [], shift: before.shift, ...told, answer };
  return state.act((transaction, meta) => settle(transaction, meta, delivery));
}

function refused(...ids: (string | null)[]): SyncResponse["rejected"] {
  return ids.map((id) => ({ id, reason: "too_old", message: "" }));
}

describe.each(Object.entries(stores))("the device's log in %s", (_name, create) => {
  test("numbers entries in order of arrival and takes an id once", async () => {
    const state = await page(create());
    for (const entry of [event("b"), event("a")]) await append(state, entry);
    expect((await append(state, event("b", 99))).n).toBe(1);
    expect((await rowsOf(state)).map(({ n, entry }) => [n, entry.id, entry.timestamp])).toEqual([
      [1, "b", 1],
      [2, "a", 1],
    ]);
  });

  test("numbers entries without a gap or a double when they are added at once", async () => {
    const store = create();
    const [one, other] = [await page(store), await page(store)];
    const ids = Array.from({ length: 40 }, (_none, at) => `e${at}`);
    // In memory there is one page alone.
    const pages = _name === "memory" ? [one, one] : [one, other];
    await Promise.all(ids.map((id, at) => append(pages[at % 2]!, event(id))));
    const rows = await rowsOf(one);
    expect(rows.map(({ n }) => n)).toEqual(ids.map((_id, at) => at + 1));
    expect(rows.map(({ entry }) => entry.id).sort()).toEqual(ids.sort());
  });

  test("lets a page's engine see what other pages of the device have added", async () => {
    const store = create();
    const told: string[] = [];
    const [one, other] = [await page(store, told), await page(store)];
    await append(one, event("a"));
    await append(other, event("b"));
    expect(other.engine.profile?.segments()).toEqual(["keen"]);
    expect(told).toEqual([]);
    await one.act(() => {});
    expect(told).toEqual(["keen entered"]);
  });

  test("takes a manifest that another version of the tag has kept for none, and is ready for the edge's", async () => {
    const store = create();
    const state = await page(store);
    await store(async (transaction) =>
      transaction.put("manifest", { ...MANIFEST, plan: { ...MANIFEST.plan, version: 0 } }),
    );
    const next = new DeviceState(
      store,
      () => undefined,
      () => {},
    );
    opened.push(next);
    await next.personalize(true);
    await append(next, event("a"));
    expect([next.manifest, next.engine.program]).toEqual([undefined, undefined]);
    await next.act((transaction, meta) => leave(transaction, meta));
    await state.act((transaction) => transaction.put("manifest", MANIFEST));
    expect((await page(store)).manifest).toEqual(MANIFEST);
  });

  test("starts the next page from the saved profile and the rows after it", async () => {
    const store = create();
    const first = await page(store);
    await append(first, event("a"));
    await first.act((transaction, meta) => first.keep(transaction, meta));
    const saved = await store((transaction) => transaction.get<SavedProfile>("profile"));
    expect(saved).toMatchObject({ device: first.meta.device, n: 1 });
    // A row that is gone by now, and is not missed: it is in the snapshot.
    await store(async (transaction) => transaction.put(1, { n: 1, entry: event("a"), refused: true }));
    const next = await page(store);
    await append(next, event("b"));
    expect(next.engine.profile?.segments()).toEqual(["keen"]);
  });

  test("makes the profile anew where the saved one was cut", async () => {
    const store = create();
    const first = await page(store);
    for (const id of ["a", "b"]) await append(first, event(id));
    await first.act((transaction, meta) => first.keep(transaction, meta));
    const saved = (await store((transaction) => transaction.get<SavedProfile>("profile")))!;
    await store(async (transaction) =>
      transaction.put("profile", { ...saved, snapshot: { ...saved.snapshot, states: [] } }),
    );
    expect((await page(store)).engine.profile?.segments()).toEqual(["keen"]);
  });
});

describe.each(Object.entries(stores))("a delivery, in the device's log in %s", (_name, create) => {
  test("is settled at once: instants moved, entries gained, progress noted, a saved profile outdated", async () => {
    const store = create();
    const state = await page(store);
    for (const entry of [event("a", 10), event("late", 20)]) await append(state, entry);
    await state.act((transaction, meta) => state.keep(transaction, meta));
    const { generation } = state.meta;
    await apply(state, {
      upTo: 1,
      entries: [event("a", 10)],
      answer: {
        cursor: 7,
        timestamps: { a: 11, unknown: 5 },
        entries: [event("far", 3), event("a", 99)],
        shift: 1000,
      },
      shift: 1000,
    });
    const rows = await rowsOf(state);
    expect(rows.map(({ n, entry, remote }) => [n, entry.id, entry.timestamp, remote ?? false])).toEqual([
      [1, "a", 11, false],
      [2, "late", 1020, false],
      [3, "far", 3, "l"],
    ]);
    expect(state.meta).toMatchObject({ delivered: 1, cursor: 7, log: "l", shift: 1000 });
    expect(state.meta.generation).toBeGreaterThan(generation);
    expect(state.engine.profile?.segments()).toEqual(["keen"]);
  });

  test("of another log drops what that one does not have, once all of it has come", async () => {
    const state = await page(create());
    await append(state, event("own"));
    await apply(state, { answer: { entries: [event("stays"), event("goes")] } });
    const { generation } = state.meta;
    const ids = async () => (await rowsOf(state)).map(({ entry }) => entry.id);
    await apply(state, { answer: { log: "m", entries: [event("new")], more: true } });
    expect(await ids()).toEqual(["own", "stays", "goes", "new"]);
    await apply(state, { answer: { log: "m", entries: [event("stays")] } });
    expect(await ids()).toEqual(["own", "stays", "new"]);
    expect(state.meta.generation).toBeGreaterThan(generation);
    // What comes back has a place of its own again.
    await apply(state, { answer: { log: "m", entries: [event("goes")] } });
    expect(await ids()).toEqual(["own", "stays", "new", "goes"]);
  });

  test("drops what is in a checkpoint once it is delivered; one of another definition is not taken", async () => {
    const state = await page(create());
    for (const entry of [event("old", 10), event("late", 20), event("unsent", 10)])
      await append(state, entry);
    const { generation, manifest } = state.meta;
    const checkpoint = { name: "c", at: 15 };
    const ids = async () => (await rowsOf(state)).map(({ entry }) => entry.id);
    await apply(state, { upTo: 2, answer: { checkpoint, manifest: "another" } });
    expect(await ids()).toEqual(["old", "late", "unsent"]);
    expect(state.meta.folded).toBeUndefined();
    await apply(state, { upTo: 2, answer: { checkpoint, manifest: manifest! } });
    expect(await ids()).toEqual(["late", "unsent"]);
    expect(state.meta.folded).toBe("c");
    expect(state.meta.generation).toBeGreaterThan(generation);
    await apply(state, { upTo: 3, answer: { checkpoint: null, manifest: manifest! } });
    expect(state.meta.folded).toBeUndefined();
  });

  test("a checkpoint that this tag cannot read keeps nothing else from being evaluated", async () => {
    const state = await page(create());
    const snapshot = { definition: "?", clock: 5, needsReplay: false, states: [], sum: "" };
    await apply(state, {
      answer: { checkpoint: { name: "c", at: 5, snapshot }, manifest: state.meta.manifest! },
    });
    for (const id of ["a", "b"]) await append(state, event(id, 10));
    expect(state.engine.profile?.segments()).toEqual(["keen"]);
  });

  test("changes nothing when another page has started as another device meanwhile", async () => {
    const state = await page(create());
    await append(state, event("a"));
    const before = { ...state.meta };
    await state.act((transaction, meta) => leave(transaction, meta));
    await apply(state, { before, upTo: 21, answer: { cursor: 9, entries: [event("hers")] } });
    await state.act((transaction, meta) => arrive(transaction, meta, { before, upTo: 21 }));
    expect(state.meta).toMatchObject({ delivered: -1, cursor: 0 });
    expect(await rowsOf(state)).toEqual([]);
  });

  test("brings a gained entry again when another manifest lets more of it through, an own one never", async () => {
    const state = await page(create());
    await append(state, event("own"));
    await apply(state, { answer: { entries: [event("far")] } });
    const { generation } = state.meta;
    await apply(state, { answer: { entries: [event("far")] } });
    expect(state.meta.generation).toBe(generation);
    const gained = ["far", "own"].map((id) => event(id, 1, { category: "shoes" }));
    await apply(state, { answer: { entries: gained } });
    expect(
      (await rowsOf(state)).map(({ entry }) => [entry.id, (entry as { properties: object }).properties]),
    ).toEqual([
      ["own", {}],
      ["far", { category: "shoes" }],
    ]);
    expect(state.meta.generation).toBe(generation + 1);
  });

  test("marks what the edge has refused, never gives its number away, and counts it nowhere", async () => {
    const state = await page(create());
    for (const id of ["old", "other"]) await append(state, event(id));
    expect(state.engine.profile?.segments()).toEqual(["keen"]);
    await apply(state, { upTo: 1, answer: { rejected: refused("old", "unknown", null) } });
    expect((await rowsOf(state)).map(({ refused }) => refused)).toEqual([true, undefined]);
    expect(state.engine.profile?.segments()).toEqual([]);
    expect((await append(state, event("new"))).n).toBe(3);
  });
});

describe.each(Object.entries(stores))("another device, in the log in %s", (_name, create) => {
  test("knows nothing of the one before, whose segments are left", async () => {
    const told: string[] = [];
    const state = await page(create(), told);
    const { device } = state.meta;
    for (const id of ["a", "b"]) await append(state, event(id));
    await state.act((transaction, meta) => leave(transaction, meta, "ada"));
    expect(state.meta).toMatchObject({ subject: "ada", last: 0 });
    expect(state.meta.device).not.toBe(device);
    expect(told).toEqual(["keen entered", "keen exited"]);
    expect(await rowsOf(state)).toEqual([]);
    expect((await append(state, event("a"))).n).toBe(1);
  });

  test("leaves behind what was not delivered, without what must never leave, until it has arrived", async () => {
    const state = await page(create());
    const first = state.meta.device;
    for (const id of ["a", "b", "c"]) await append(state, event(id));
    await append(state, { ...event("secret"), name: "Health Quiz Taken" } as Entry);
    await apply(state, { upTo: 1, answer: { entries: [event("far")] } });
    await state.act((transaction, meta) => leave(transaction, meta));
    const second = state.meta.device;
    await append(state, event("hers"));
    await state.act((transaction, meta) => leave(transaction, meta));
    await append(state, event("its"));
    const left = async () =>
      (await rowsOf(state, state.meta.delivered)).map(({ n, device, entry }) => [n, device, entry.id]);
    expect(await left()).toEqual([
      [-2, first, "b"],
      [-1, first, "c"],
      [0, second, "hers"],
      [1, undefined, "its"],
    ]);
    expect(state.engine.seen).toBe(1);
    const arrived = { before: { ...state.meta }, upTo: -2 };
    await state.act((transaction, meta) => arrive(transaction, meta, arrived));
    expect((await left()).map(([n]) => n)).toEqual([-1, 0, 1]);
    expect(await rowsOf(state, -Infinity)).toHaveLength(3);
  });

  test("is the same device when everything was taken from it, and has what it had not delivered", async () => {
    const store = create();
    const state = await page(store);
    const { device } = state.meta;
    const row = await append(state, event("a"));
    state.unsent.push({ device, row });
    await apply(state, { answer: { cursor: 9 }, shift: 7 });
    await store(async (transaction) => transaction.clear());
    await append(state, event("b"));
    expect(state.meta).toMatchObject({ device, delivered: 0, cursor: 0, shift: 7 });
    expect(state.meta.log).toBeUndefined();
    expect((await rowsOf(state)).map(({ entry }) => entry.id)).toEqual(["a", "b"]);
  });
});
