import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Entry } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { foldedUpTo } from "../src/profile/checkpoint.ts";
import { sizeOf, type LogStore } from "../src/profile/log-store.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";

const T = 1_790_000_000_000;
const MIB = 1_048_576;

const program = compile({
  segments: { buyer: { count: "Order Completed", eq: 1 }, reader: { count: "Page Viewed", gte: 1_200 } },
  measures: { views: { count: "Page Viewed" } },
});

/** Runs `work` over the SQLite of a Durable Object of its own. */
function withStore(work: (store: LogStore) => void): Promise<void> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, state) => work(sqliteLogStore(state.storage)));
}

function add(store: LogStore, entries: readonly Entry[]): void {
  store.transaction(() => {
    for (const entry of entries) store.add(entry, "phone");
  });
}

const seen = ({ profile }: ProfileKeeper) => [profile.segments(), profile.measure("views")];

/** As large as an entry may be: some 1,000 of them are 16 MiB. */
function large(at: number, letter = "x"): Entry {
  const properties = { note: letter.repeat(16_000 / letter.length) };
  return { type: "event", id: `large-${at}`, name: "Page Viewed", timestamp: T + 10 + at, properties };
}

const ORDER: Entry = { type: "event", id: "o", name: "Order Completed", timestamp: T, properties: {} };

describe("a log of more than 16 MiB", () => {
  test("is folded at its oldest end, and means what it meant: a replay is never more than memory holds", () =>
    withStore((store) => {
      const log = [ORDER, ...Array.from({ length: 1_300 }, (_none, at) => large(at))];
      const keeper = new ProfileKeeper(program, store);
      let most = 0;
      for (let at = 0; at < log.length; at += 50) {
        add(store, log.slice(at, at + 50));
        keeper.catchUp(log[Math.min(at + 49, log.length - 1)]!.timestamp);
        most = Math.max(most, store.size().bytes);
      }
      expect(most).toBeGreaterThan(15 * MIB);
      expect(most).toBeLessThanOrEqual(16 * MIB);
      expect(store.size().entries).toBeGreaterThan(900);
      expect(store.size().oldest).toBeGreaterThan(foldedUpTo(store));
      const now = T + 5_000;
      const expected = [["buyer", "reader"], 1_300];
      keeper.catchUp(now);
      expect(seen(keeper)).toEqual(expected);
      const anew = new ProfileKeeper(program, store);
      expect([anew.catchUpAnew(now), seen(anew)]).toEqual([[], expected]);
    }));

  test("is measured alike however it is: what was folded once stays so, in whatever script its words are", () =>
    withStore((store) => {
      const keeper = new ProfileKeeper(program, store);
      const [order, ...rest] = [
        ORDER,
        ...Array.from({ length: 1_200 }, (_none, at) => large(at, "\u{1F45F}")),
      ];
      let folded = -Infinity;
      for (let at = 0; at < rest.length; at += 50) {
        add(store, at === 0 ? [order!, ...rest.slice(0, 50)] : rest.slice(at, at + 50));
        keeper.catchUp(T + 10 + at + 49);
        expect(foldedUpTo(store)).toBeGreaterThanOrEqual(folded);
        folded = foldedUpTo(store);
        expect(store.size().bytes).toBeLessThanOrEqual(16 * MIB);
      }
      expect(folded).toBeGreaterThan(T);
      expect(keeper.profile.measure("views")).toBe(1_200);
    }));

  test.each(["as it was kept", "anew"])("from before it was measured is never held as a whole: %s", (how) =>
    withStore((store) => {
      const log = [ORDER, ...Array.from({ length: 3_000 }, (_none, at) => large(at))];
      add(store, log);
      const profile = program.profile();
      profile.replay(log);
      // As it was written then.
      const { entries, oldest } = store.size();
      const saved = { snapshot: profile.snapshot(), segments: profile.segments(), seen: entries };
      store.put("profile", { ...saved, size: { entries, oldest } });
      expect(store.size().bytes).toBeGreaterThan(45 * MIB);
      let most = 0;
      const hold = (entries: readonly Entry[]): void => {
        most = Math.max(
          most,
          entries.reduce((sum, entry) => sum + sizeOf(entry), 0),
        );
      };
      const held: LogStore = {
        ...store,
        upTo(timestamp) {
          const folded = store.upTo(timestamp);
          hold(folded.map(({ entry }) => entry));
          return folded;
        },
        all() {
          const all = [...store.all()];
          hold(all);
          return all;
        },
      };
      const keeper = new ProfileKeeper(program, held);
      if (how === "anew") keeper.catchUpAnew(T + 5_000);
      else keeper.catchUp(T + 5_000);
      expect(seen(keeper)).toEqual([["buyer", "reader"], 3_000]);
      expect(most).toBeLessThan(17 * MIB);
      expect(store.size().bytes).toBeLessThanOrEqual(16 * MIB);
    }),
  );

  test("of one instant alone is folded as one", () =>
    withStore((store) => {
      add(
        store,
        Array.from({ length: 1_100 }, (_none, at) => ({ ...large(at), timestamp: T })),
      );
      const keeper = new ProfileKeeper(program, store);
      keeper.catchUp(T);
      expect(store.size().entries).toBe(0);
      expect(keeper.profile.measure("views")).toBe(1_100);
    }));
});
