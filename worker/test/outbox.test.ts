import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Entry, type Transition } from "@murmur/core";
import { describe, expect, test } from "vitest";
import type { MemberState } from "../src/audience/audience-object.ts";
import { flush, flushDue, type Destinations } from "../src/outbox/flush.ts";
import type { OutboxStore, Webhook } from "../src/outbox/outbox-store.ts";
import { Outflow } from "../src/outbox/outflow.ts";
import { publish, type Publicity } from "../src/outbox/publish.ts";
import { sqliteOutboxStore } from "../src/outbox/sqlite-outbox-store.ts";
import type { LogStore } from "../src/profile/log-store.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { openProfile } from "../src/profile/open-profile.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";

const T = 1_790_000_000_000;
const ALL: Publicity = { marketing: true, webhooks: true };

/** Runs `work` over the SQLite of a Durable Object of its own. */
function withOutbox(work: (outbox: OutboxStore, store: LogStore) => void | Promise<void>): Promise<void> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, { storage }) => {
    const store = sqliteLogStore(storage);
    return work(sqliteOutboxStore(storage.sql), store);
  });
}

const entered = (segment: string, at = T): Transition => ({ segment, change: "entered", at });
const exited = (segment: string, at = T): Transition => ({ segment, change: "exited", at });
const told = (outbox: OutboxStore): Transition[] =>
  outbox.waiting(100).map((outgoing) => {
    const { key: _key, ...transition } = outgoing as Webhook;
    return transition;
  });

describe("what is written down for others", () => {
  test("is each transition, in order, each with a key of its own", () =>
    withOutbox((outbox) => {
      const transitions = [entered("a"), entered("b", T + 1), exited("a", T + 2)];
      expect(publish(outbox, { segments: ["b"], transitions, now: T + 9 }, ALL)).toBe(true);
      expect(told(outbox)).toEqual(transitions);
      expect(new Set(outbox.waiting(9).map(({ key }) => key)).size).toBe(3);
      expect(outbox.get("standing")).toMatchObject({
        memberships: [{ segment: "b", since: T + 1 }],
        marketing: true,
        confirmed: 0,
      });
    }));

  test("is nothing where nothing has changed, or nothing has ever been", () =>
    withOutbox((outbox) => {
      const nothing = { segments: [], transitions: [], now: T };
      expect(publish(outbox, nothing, ALL)).toBe(false);
      expect(outbox.get("standing")).toBeUndefined();
      publish(outbox, { segments: ["a"], transitions: [entered("a")], now: T }, ALL);
      const before = outbox.get("standing");
      expect(publish(outbox, { segments: ["a"], transitions: [], now: T + 5 }, ALL)).toBe(false);
      expect([outbox.get("standing"), outbox.depth()]).toEqual([before, 1]);
    }));

  test("grows in version, even when the clock does not", () =>
    withOutbox((outbox) => {
      const versions = [["a"], [], ["a"], ["b"]].map((segments) => {
        publish(outbox, { segments, transitions: [], now: T }, ALL);
        return outbox.get("standing")!.version;
      });
      for (const [at, version] of versions.slice(1).entries()) expect(version).toBeGreaterThan(versions[at]!);
      expect(versions[0]).toBeGreaterThan(Date.now() - 60_000);
    }));

  test("is for the shards alone where marketing is refused, or there is no receiver", () =>
    withOutbox((outbox) => {
      for (const publicity of [
        { marketing: false, webhooks: true },
        { marketing: true, webhooks: false },
      ]) {
        publish(outbox, { segments: ["a"], transitions: [entered("a")], now: T }, publicity);
        publish(outbox, { segments: [], transitions: [exited("a")], now: T }, publicity);
        expect(outbox.depth()).toBe(0);
        expect(outbox.get("standing")).toMatchObject({ memberships: [], marketing: publicity.marketing });
      }
    }));

  test("takes back what the receiver was told, and drops what it was not, when marketing is withdrawn", () =>
    withOutbox((outbox) => {
      publish(outbox, { segments: ["a"], transitions: [entered("a")], now: T }, ALL);
      outbox.markQueued(outbox.waiting(9), T);
      publish(outbox, { segments: ["a", "b"], transitions: [entered("b")], now: T }, ALL);
      const no = { marketing: false, webhooks: true };
      publish(outbox, { segments: ["a", "b"], transitions: [], now: T + 7 }, no);
      expect(told(outbox)).toEqual([exited("a", T + 7), exited("b", T + 7)]);
      expect(outbox.depth()).toBe(2);
      publish(outbox, { segments: ["b"], transitions: [exited("a")], now: T + 8 }, no);
      expect(outbox.depth()).toBe(2);
      publish(outbox, { segments: ["b"], transitions: [], now: T + 9 }, ALL);
      expect(told(outbox).at(-1)).toEqual(entered("b", T + 9));
    }));

  test("is stored with the transitions, or neither is", () =>
    withOutbox((outbox, store) => {
      const program = compile({ segments: { keen: { count: "Product Viewed", gte: 1 } } });
      const view: Entry = { type: "event", id: "v", name: "Product Viewed", timestamp: T, properties: {} };
      store.add(view, "device");
      const failing = new ProfileKeeper(program, store, (news) => {
        publish(outbox, news, ALL);
        throw new Error("disk");
      });
      expect(() => failing.catchUp(T)).toThrow("disk");
      expect([store.transitions(9), outbox.depth(), outbox.get("standing")]).toEqual([[], 0, undefined]);
      const keeper = new ProfileKeeper(program, store, (news) => void publish(outbox, news, ALL));
      keeper.catchUp(T);
      keeper.catchUp(T);
      expect([store.transitions(9), told(outbox)]).toEqual([[entered("keen")], [entered("keen")]]);
    }));
});

test("what a transaction wrote into the outbox before it was undone is not remembered either", () =>
  runInDurableObject(env.PROFILE.get(env.PROFILE.newUniqueId()), (_object, state) => {
    const { store, outbox } = openProfile(state, env, () => {});
    const standing = { version: 1, memberships: [], marketing: true, confirmed: 0 };
    outbox.put("standing", standing);
    const failing = (): void =>
      store.transaction(() => {
        outbox.put("standing", { ...standing, version: 2 });
        outbox.put("retry", { failures: 1, at: T });
        throw new Error("disk");
      });
    expect(failing).toThrow("disk");
    expect([outbox.get("standing"), outbox.get("retry")]).toEqual([standing, undefined]);
  }));

/** Shard and queue as they are seen from here: what came, and whether they fail. */
function otherSide() {
  const seen = { states: [] as MemberState[], keys: [] as string[], fails: false, against: 0 };
  const answers = async <Value>(value: Value): Promise<Value> => {
    if (seen.fails) throw new Error("gone away");
    return value;
  };
  const shard = {
    put: async (_member: string, state: MemberState) => {
      seen.states.push(state);
      return answers(seen.against >= state.version ? seen.against : undefined);
    },
    remove: () => answers(undefined),
    counts: () => answers({}),
    members: () => answers([]),
  };
  const destinations: Destinations = {
    audience: async () => ({ shard, member: "m" }),
    queue: async (keys) => {
      seen.keys.push(...keys);
      await answers(undefined);
    },
  };
  return { seen, destinations };
}

function filled(outbox: OutboxStore): string {
  outbox.put("address", { kind: "customer", id: "ada" });
  publish(outbox, { segments: ["a"], transitions: [entered("a")], now: T }, ALL);
  return outbox.waiting(1)[0]!.key;
}

describe("what waits", () => {
  test("goes to its shard and to the queue, once, and webhooks stay until they are delivered", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      const key = filled(outbox);
      expect(flushDue(outbox, T)).toBe(T);
      for (let time = 1; time <= 3; time++) await flush(outbox, destinations, T);
      expect([seen.states.length, seen.keys, outbox.depth()]).toEqual([1, [key], 1]);
      expect(flushDue(outbox, T)).toBeUndefined();
    }));

  test("waits longer after each failure, and goes with the same key when it heals", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      const key = filled(outbox);
      seen.fails = true;
      let now = T;
      const waits: number[] = [];
      for (let time = 1; time <= 15; time++) {
        await flush(outbox, destinations, now);
        waits.push(flushDue(outbox, now)! - now);
        now = flushDue(outbox, now)!;
      }
      expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
      expect(waits.at(-1)).toBe(36e5);
      seen.fails = false;
      await flush(outbox, destinations, now);
      expect([flushDue(outbox, now), outbox.get("retry")]).toEqual([undefined, undefined]);
      expect(new Set(seen.keys)).toEqual(new Set([key]));
    }));

  test("for the queue does not wait for a shard that fails", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      const key = filled(outbox);
      const audience = () => Promise.reject(new Error("no shard"));
      await flush(outbox, { ...destinations, audience }, T);
      expect([seen.keys, outbox.waiting(9), flushDue(outbox, T)]).toEqual([[key], [], T + 1_000]);
    }));

  test("that changes while it is on its way goes again as it has become", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      filled(outbox);
      const audience: Destinations["audience"] = async (address) => {
        if (seen.states.length === 0)
          publish(outbox, { segments: ["b"], transitions: [exited("a"), entered("b")], now: T }, ALL);
        return destinations.audience(address);
      };
      await flush(outbox, { ...destinations, audience }, T);
      expect(seen.states.at(-1)!.memberships).toEqual([{ segment: "b", since: T }]);
      expect(outbox.get("standing")!.confirmed).toBe(outbox.get("standing")!.version);
    }));

  test("that a shard knows better, of a former life of the profile, overtakes it", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      filled(outbox);
      seen.against = outbox.get("standing")!.version + 500;
      await flush(outbox, destinations, T);
      expect(seen.states.map(({ version }) => version).at(-1)).toBe(seen.against + 1);
      expect(flushDue(outbox, T)).toBeUndefined();
    }));

  test("is not sent once the profile is erased, and not while it is", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      filled(outbox);
      const outflow = new Outflow(outbox, destinations);
      const erased = outflow.close(async () => {
        await Promise.resolve();
        outbox.clear();
      });
      expect(await outflow.flush()).toBe(false);
      await erased;
      expect(seen).toMatchObject({ states: [], keys: [] });
    }));

  test("goes on after an erasure that failed", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      filled(outbox);
      const outflow = new Outflow(outbox, destinations);
      await expect(outflow.close(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
      expect(await outflow.flush()).toBe(true);
      expect(seen.keys).toHaveLength(1);
    }));

  test("and that the queue has known of for longer than it keeps anything is forgotten", () =>
    withOutbox(async (outbox) => {
      const { destinations } = otherSide();
      filled(outbox);
      await flush(outbox, destinations, T);
      await flush(outbox, destinations, T + 13 * 864e5);
      expect(outbox.depth()).toBe(1);
      await flush(outbox, destinations, T + 15 * 864e5);
      expect(outbox.depth()).toBe(0);
    }));
});

test("what was sent is written down when shard and queue have both answered: one commit, not two", () =>
  withOutbox(async (outbox) => {
    const { destinations } = otherSide();
    filled(outbox);
    const written: string[] = [];
    const noted: OutboxStore = {
      ...outbox,
      put(name, value) {
        written.push(name);
        outbox.put(name, value);
      },
      markQueued(webhooks, at) {
        written.push("queued");
        outbox.markQueued(webhooks, at);
      },
    };
    const queue: Destinations["queue"] = async () => {
      await scheduler.wait(20);
      expect(written).toEqual([]);
    };
    await flush(noted, { ...destinations, queue }, T);
    expect(written).toEqual(["standing", "queued"]);
  }));
