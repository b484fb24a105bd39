import type { Entry, Transition } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { DeviceState, type Unsent } from "../../src/device/device-state.ts";
import { arrive, claim, leave } from "../../src/log/changes.ts";
import type { SavedProfile } from "../../src/log/device-meta.ts";
import { memoryStore } from "../../src/log/memory-store.ts";
import { MANIFEST, append, apply, closeAfterwards, event, page, refused, rowsOf, stores } from "./kit.ts";

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
    closeAfterwards(next);
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

test.each(Object.entries(stores))(
  "a snapshot that was about to be saved brings nothing back of what is erased meanwhile, in %s",
  async (_name, create) => {
    const store = create();
    const state = await page(store);
    await append(state, event("a"));
    const { device } = state.meta;
    // What is to be erased is known later than the snapshot is due.
    await state.erase(() => new Promise<string>((resolve) => setTimeout(resolve, 300, device)));
    await state.jobs.settled();
    expect(await store((transaction) => transaction.all())).toEqual([]);
  },
);

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

  test("leaves nothing behind that the edge has refused", async () => {
    const state = await page(create());
    for (const id of ["refused", "new"]) await append(state, event(id));
    await apply(state, { answer: { rejected: refused("refused") } });
    await state.act((transaction, meta) => leave(transaction, meta));
    expect((await rowsOf(state, -Infinity)).map(({ entry }) => entry.id)).toEqual(["new"]);
  });

  test("takes an id for its own that waits in the name of the one before", async () => {
    const state = await page(create());
    await append(state, event("order-1"));
    await state.act((transaction, meta) => leave(transaction, meta));
    expect((await append(state, event("order-1", 5))).n).toBe(1);
    expect((await append(state, event("order-1", 9))).entry.timestamp).toBe(5);
    expect((await rowsOf(state, -Infinity)).map(({ n }) => n)).toEqual([0, 1]);
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

  test("gets from each of its pages what that has not delivered, when everything was taken from it", async () => {
    const store = create();
    const [one, other] = [await page(store), await page(store)];
    const record = async (state: DeviceState, id: string): Promise<void> => {
      const own: Unsent = { device: state.meta.device, row: { n: Infinity, entry: event(id) } };
      state.unsent.push(own);
      own.row = await append(state, event(id));
    };
    await record(one, "a");
    await record(other, "b");
    await record(other, "c");
    await store(async (transaction) => transaction.clear());
    await record(one, "d");
    await other.act(() => {});
    await one.act(() => {});
    expect((await rowsOf(one)).map(({ entry }) => entry.id)).toEqual(["a", "d", "b", "c"]);
    expect(other.unsent.map(({ row }) => row.n)).toEqual([3, 4]);
    // What was its own is no longer when it is another.
    await one.act((transaction, meta) => leave(transaction, meta));
    await other.act(() => {});
    expect(await rowsOf(one)).toEqual([]);
  });
});

test("what was told of by a clock that was ahead does not keep back what comes to pass by the right one", async () => {
  const store = memoryStore(new Map(), () => {});
  const tell = (change: "entered" | "exited", at: number, now: number): Promise<Transition[]> =>
    store((transaction) => claim(transaction, [{ segment: "keen", change, at }], now));
  expect(await tell("entered", 9_000, 9_000)).toHaveLength(1);
  expect(await tell("exited", 2_000, 2_000)).toHaveLength(1);
  expect(await tell("entered", 1_000, 2_500)).toHaveLength(0);
});
