import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Definition, type Entry, type Program } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { checkpointOf, foldedUpTo, isFolded } from "../src/profile/checkpoint.ts";
import { answerDevice, type DeviceAnswer } from "../src/profile/device-side.ts";
import { join, type HandedOver } from "../src/profile/join.ts";
import type { LogStore } from "../src/profile/log-store.ts";
import { placeEntries } from "../src/profile/place-entries.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { removeEntries } from "../src/profile/remove-device.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";
import { takeEntries, tooOldCount } from "../src/profile/take-entries.ts";
import { memoryLogStore } from "./kit/memory-log-store.ts";

const T = 1_790_000_000_000;
const DAY = 864e5;

const SEGMENTS: Definition["segments"] = {
  buyer: { count: "Order Completed", eq: 1 },
  rich: { sum: "total", of: "Order Completed", gte: 100 },
  veteran: { sinceFirst: "Page Viewed", gte: "100d" },
  vip: { trait: { tier: "vip" } },
  decided: { sequence: ["Product Viewed", "Product Added", "Order Completed"] },
  busy: { count: "Page Viewed", within: "7d", gte: 500 },
};

const program = compile({ segments: SEGMENTS, measures: { views: { count: "Page Viewed" } } });

function happened(id: string, name: string, timestamp: number, properties = {}): Entry {
  return { type: "event", id, name, timestamp, properties };
}

function pages(count: number, from: number, every: number): Entry[] {
  return Array.from({ length: count }, (_none, at) =>
    happened(`page-${from}-${at}`, "Page Viewed", from + at * every),
  );
}

/** The first days of a profile: what only its checkpoint will know later. */
const YOUTH: Entry[] = [
  { type: "identify", id: "i", timestamp: T, traits: { tier: "vip" } },
  happened("viewed", "Product Viewed", T + 1),
  happened("added", "Product Added", T + 2),
  happened("ordered", "Order Completed", T + 3, { total: 120 }),
];

/** Runs `work` over the SQLite of a Durable Object of its own. */
function withStore(work: (store: LogStore) => void | Promise<void>): Promise<void> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, state) => work(sqliteLogStore(state.storage)));
}

function add(store: LogStore, entries: readonly Entry[], device = "phone"): void {
  store.transaction(() => {
    for (const entry of entries) store.add(entry, device);
  });
}

/** What the whole log says, that of an engine which was never folded. */
function whole(of: Program, entries: readonly Entry[], now: number) {
  const profile = of.profile();
  profile.replay(entries);
  profile.advance(now);
  return { segments: profile.segments(), views: profile.measure("views"), traits: profile.traits() };
}

function seen(keeper: ProfileKeeper) {
  const { profile } = keeper;
  return { segments: profile.segments(), views: profile.measure("views"), traits: profile.traits() };
}

/** More than is kept, and an instant soon after it. */
const log = [...YOUTH, ...pages(10_200, T + 10, 60_000)];
const now = T + 8 * DAY;

describe("a log of more than 10,000 entries", () => {
  test("is folded at its oldest end, and means what it meant: by itself, woken, and made anew", () =>
    withStore((store) => {
      const keeper = new ProfileKeeper(program, store);
      for (let at = 0; at < log.length; at += 500) {
        add(store, log.slice(at, at + 500));
        keeper.catchUp(log[Math.min(at + 499, log.length - 1)]!.timestamp);
      }
      keeper.catchUp(now);
      expect(store.size().entries).toBeLessThanOrEqual(10_000);
      expect(store.size().entries).toBeGreaterThan(9_400);
      expect(store.size().oldest).toBeGreaterThan(foldedUpTo(store));
      const expected = whole(program, log, now);
      expect(expected.segments).toEqual(["busy", "buyer", "decided", "rich", "vip"]);
      expect(seen(keeper)).toEqual(expected);
      const woken = new ProfileKeeper(program, store);
      expect([woken.catchUp(now), seen(woken)]).toEqual([[], expected]);
      const anew = new ProfileKeeper(program, store);
      expect([anew.catchUpAnew(now), seen(anew)]).toEqual([[], expected]);
    }));

  test("places a late entry that only the log can place, from the checkpoint on", () =>
    withStore((store) => {
      const sequence = compile({
        segments: {
          through: { sequence: ["Product Viewed", "Product Added"], without: "Cart Emptied" },
        },
      });
      const later = [
        happened("v", "Product Viewed", now + 1),
        happened("a", "Product Added", now + 9),
        // Into the middle of it.
        happened("e", "Cart Emptied", now + 5),
      ];
      const keeper = new ProfileKeeper(sequence, store);
      add(store, log.slice(4));
      keeper.catchUp(now);
      expect(foldedUpTo(store)).toBeGreaterThan(T);
      for (const entry of later) {
        add(store, [entry]);
        keeper.catchUp(now + 10);
      }
      expect(keeper.profile.segments()).toEqual([]);
      expect(store.transitions(9).map(({ change }) => change)).toEqual(["entered", "exited"]);
    }));

  test("refuses what is older than the checkpoint, counts it, and takes nothing twice", () =>
    withStore((store) => {
      add(store, log);
      const keeper = new ProfileKeeper(program, store);
      keeper.catchUp(now);
      const again = placeEntries([log[3]!, log.at(-1)!], now, now);
      expect(takeEntries(store, again, "phone")).toMatchObject({
        accepted: 0,
        duplicates: 1,
        rejected: [{ id: "ordered", reason: "too_old" }],
      });
      expect(tooOldCount(store)).toBe(1);
      keeper.catchUp(now);
      expect(keeper.profile.segments()).toContain("buyer");
    }));

  test("under another definition goes on with what that one shares, and is right for what it still holds", () =>
    withStore((store) => {
      add(store, log);
      new ProfileKeeper(program, store).catchUp(now);
      const kept = store.size().entries;
      const other = compile({
        segments: {
          ...SEGMENTS,
          // Closer than before: what was kept for `eq: 1` cannot tell.
          often: { count: "Order Completed", gte: 3 },
          recent: { count: "Page Viewed", within: "30d", gte: kept },
        },
        measures: { views: { count: "Page Viewed" } },
      });
      const keeper = new ProfileKeeper(other, store);
      const changes = keeper.catchUp(now + 1);
      expect(changes.filter(({ segment }) => segment === "recent")).toHaveLength(1);
      const { segments, views, traits } = seen(keeper);
      expect(segments).toEqual(expect.arrayContaining(["busy", "decided", "rich", "vip", "recent"]));
      expect(segments).not.toContain("buyer");
      expect([views, traits]).toEqual([10_200, { tier: "vip" }]);
      // Back again, all is as it was.
      const back = new ProfileKeeper(program, store);
      back.catchUp(now + 2);
      expect(seen(back)).toEqual(whole(program, log, now + 2));
    }));
});

describe("a checkpoint", () => {
  test("is made while the profile rests, too", () =>
    withStore((store) => {
      const keeper = new ProfileKeeper(program, store);
      add(store, log);
      keeper.rest(now);
      expect(store.size().entries).toBeLessThanOrEqual(10_000);
      keeper.catchUp(now);
      expect(seen(keeper)).toEqual(whole(program, log, now));
    }));

  test("goes with a device that is taken out, whose part in it cannot be told apart", () =>
    withStore((store) => {
      const keeper = new ProfileKeeper(program, store);
      add(store, log.slice(0, 4), "phone");
      add(store, log.slice(4), "laptop");
      keeper.catchUp(now);
      expect([isFolded(store, "phone"), isFolded(store, "tv")]).toEqual([true, false]);
      removeEntries({ store, keeper }, "phone", now, () => {});
      expect(checkpointOf(store)).toBeUndefined();
      expect(seen(keeper)).toEqual(whole(program, [...store.all()], now));
      expect(keeper.profile.segments()).not.toContain("rich");
      // What was folded must not come in again by half.
      expect(foldedUpTo(store)).toBeGreaterThan(T);
    }));

  test("that is damaged is passed over: the profile is what the log still holds", () =>
    withStore((store) => {
      add(store, log);
      new ProfileKeeper(program, store).catchUp(now);
      const checkpoint = checkpointOf(store)!;
      store.put("checkpoint", { ...checkpoint, snapshot: { ...checkpoint.snapshot, clock: 1 } });
      const keeper = new ProfileKeeper(program, store);
      keeper.catchUpAnew(now);
      expect(seen(keeper)).toEqual(whole(program, [...store.all()], now));
    }));

  test("comes along to a customer of whom nothing older is known, and else stays behind", () =>
    withStore(async (device) => {
      add(device, log);
      const keeper = new ProfileKeeper(program, device);
      keeper.catchUp(now);
      const comeTo = async (customer: LogStore, from: LogStore, keeper: ProfileKeeper): Promise<void> => {
        const ask = (call: object): DeviceAnswer =>
          answerDevice(from, { subject: "ada", device: "phone", ...call } as never);
        await join(customer, "phone", {
          keeper,
          reason: { proven: true, asked: true },
          giver: {
            handOver: async (after, reason) => ask({ ask: "hand-over", after, reason }) as HandedOver,
            release: async () => true,
          },
        });
      };
      const young = memoryLogStore();
      add(young, [happened("newest", "Page Viewed", now)], "laptop");
      // One that is at work already, and one that is not.
      const joined = new ProfileKeeper(program, young);
      joined.catchUp(now);
      await comeTo(young, device, joined);
      joined.catchUp(now);
      expect(seen(joined)).toEqual(whole(program, [...log, happened("newest", "Page Viewed", now)], now));
      const fresh = memoryLogStore();
      await comeTo(fresh, device, new ProfileKeeper(program, fresh));
      const first = new ProfileKeeper(program, fresh);
      first.catchUp(now);
      expect(seen(first)).toEqual(whole(program, log, now));
      const old = memoryLogStore();
      add(old, [happened("older", "Page Viewed", T)], "laptop");
      await comeTo(old, device, new ProfileKeeper(program, old));
      expect(checkpointOf(old)).toBeUndefined();
      expect(old.size().entries).toBe(device.size().entries + 1);
    }));
});

describe("a log that is older than 400 days", () => {
  test("is folded once a day's worth is, and what is younger stays", () =>
    withStore((store) => {
      const log = [...YOUTH, ...pages(10, T + 2 * DAY, DAY)];
      add(store, log);
      const keeper = new ProfileKeeper(program, store);
      keeper.catchUp(T + 400 * DAY);
      expect(store.size()).toMatchObject({ entries: 14, oldest: T });
      const now = T + 404 * DAY;
      keeper.catchUp(now);
      expect(store.size()).toMatchObject({ entries: 7, oldest: T + 5 * DAY });
      expect(foldedUpTo(store)).toBe(T + 4 * DAY);
      expect(seen(keeper)).toEqual(whole(program, log, now));
      const woken = new ProfileKeeper(program, store);
      woken.catchUp(now + DAY);
      expect(seen(woken)).toEqual(whole(program, log, now + DAY));
    }));

  test("wholly, is a checkpoint and no entry, and goes on", () =>
    withStore((store) => {
      add(store, YOUTH);
      const keeper = new ProfileKeeper(program, store);
      const now = T + 500 * DAY;
      keeper.catchUp(now);
      expect(store.size()).toMatchObject({ entries: 0, oldest: Infinity });
      const later = happened("again", "Order Completed", now, { total: 1 });
      add(store, [later]);
      keeper.catchUp(now);
      expect(store.after(0, 9).map(({ n }) => n)).toEqual([5]);
      expect(seen(keeper)).toEqual(whole(program, [...YOUTH, later], now));
    }));
});
