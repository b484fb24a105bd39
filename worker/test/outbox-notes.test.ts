import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Entry, type Transition } from "@murmur/core";
import { describe, expect, test } from "vitest";
import { tally } from "../src/ops/count.ts";
import type { OutboxStore, Webhook } from "../src/outbox/outbox-store.ts";
import { publish } from "../src/outbox/publish.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { openProfile } from "../src/profile/open-profile.ts";
import { ALL, T, entered, exited, withOutbox } from "./kit/outbox.ts";

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

test("the depth that is counted is that of the outboxes: what is there already, or was undone, is not counted", () =>
  runInDurableObject(env.PROFILE.get(env.PROFILE.newUniqueId()), (_object, state) => {
    const { store, outbox } = openProfile(state, env, () => {});
    tally.take();
    outbox.add({ key: "k", ...entered("a") });
    outbox.add({ key: "k", ...entered("a") });
    expect(() =>
      store.transaction(() => {
        outbox.add({ key: "undone", ...entered("b") });
        store.addTransitions([entered("b")]);
        throw new Error("disk");
      }),
    ).toThrow("disk");
    store.transaction(() => outbox.add({ key: "kept", ...entered("c") }));
    outbox.remove("k");
    expect(outbox.depth()).toBe(1);
    expect(tally.take()).toEqual({ murmur_webhooks_made_total: 2, murmur_webhooks_settled_total: 1 });
  }));

/** Shard and queue as they are seen from here: what came, and whether they fail. */
