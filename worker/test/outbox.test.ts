import { describe, expect, test } from "vitest";
import type { MemberState } from "../src/audience/audience-object.ts";
import type { ContributionState } from "../src/experiments/experiment-object.ts";
import { flush, flushDue, type Destinations } from "../src/outbox/flush.ts";
import type { OutboxStore } from "../src/outbox/outbox-store.ts";
import { Outflow } from "../src/outbox/outflow.ts";
import { publish } from "../src/outbox/publish.ts";
import { ALL, T, entered, exited, withOutbox } from "./kit/outbox.ts";

function otherSide() {
  const seen = {
    states: [] as MemberState[],
    contributed: [] as ContributionState[],
    keys: [] as string[],
    fails: false,
    against: 0,
  };
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
  const experiments = {
    put: async (_member: string, state: ContributionState) => {
      seen.contributed.push(state);
      return answers(undefined);
    },
    remove: () => answers(undefined),
    tallies: () => answers([]),
  };
  const destinations: Destinations = {
    experiments: async () => ({ shard: experiments, member: "m" }),
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
  test("tells the experiment shard what is contributed, and nothing that is the profile's own", () =>
    withOutbox(async (outbox) => {
      const { seen, destinations } = otherSide();
      outbox.put("address", { kind: "customer", id: "ada" });
      const contribution = { experiment: "hero", variant: "bold", exposedAt: T, conversions: 1, value: 5 };
      const kept = { ...contribution, exposure: "e1", goal: "{}" };
      outbox.put("contributed", { version: 3, confirmed: 0, contributions: [kept] });
      expect(flushDue(outbox, T)).toBe(T);
      for (let time = 1; time <= 2; time++) await flush(outbox, destinations, T);
      expect(seen.contributed).toEqual([{ version: 3, contributions: [contribution] }]);
      expect([seen.states, flushDue(outbox, T)]).toEqual([[], undefined]);
    }));

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
