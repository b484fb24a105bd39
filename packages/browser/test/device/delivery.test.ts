import { describe, expect, test } from "vitest";
import { arrive, leave } from "../../src/log/changes.ts";
import { append, apply, event, page, refused, rowsOf, stores } from "./kit.ts";

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

test.each(Object.entries(stores))(
  "a delivery leaves the instants of what came from elsewhere alone, in %s: they are the edge's own",
  async (_name, create) => {
    const state = await page(create());
    await apply(state, { answer: { entries: [event("far", 10)] } });
    await append(state, event("own", 20));
    await apply(state, { answer: { shift: 1_000, timestamps: { far: 99 } }, shift: 1_000 });
    const rows = await rowsOf(state);
    expect(rows.map(({ entry }) => [entry.id, entry.timestamp])).toEqual([
      ["far", 10],
      ["own", 1_020],
    ]);
  },
);
