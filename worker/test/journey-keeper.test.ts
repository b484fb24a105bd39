import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Definition } from "@murmur/core";
import { expect, test } from "vitest";
import { JourneyKeeper } from "../src/journeys/journey-keeper.ts";
import { sqliteJourneyStore } from "../src/journeys/sqlite-journey-store.ts";
import type { OutboxStore } from "../src/outbox/outbox-store.ts";
import { sqliteOutboxStore } from "../src/outbox/sqlite-outbox-store.ts";
import { ProfileKeeper } from "../src/profile/profile-keeper.ts";
import { sqliteLogStore } from "../src/profile/sqlite-log-store.ts";

const T = 1_790_000_000_000;
const HOUR = 36e5;

const definition = {
  segments: {},
  journeys: {
    rescue: {
      enter: { count: "Product Added", gte: 1 },
      goal: "Rescue Over",
      steps: [{ wait: "1h" }, { webhook: "ads" }, { event: "Rescue Over" }],
    },
  },
} satisfies Definition;

/** The journeys of a customer to whom anything may be sent. */
function journeysOf(definition: Definition, sql: SqlStorage, outbox: OutboxStore): JourneyKeeper {
  return new JourneyKeeper({
    definition,
    store: sqliteJourneyStore(sql),
    outbox,
    owner: () => "customer:1",
    isAllowed: () => true,
    mayMail: () => true,
  });
}

/** When what a log brings about at once was due to go out, ms. */
function sent(...log: readonly [name: string, timestamp: number][]): Promise<number[]> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, { storage }) => {
    const [store, outbox] = [sqliteLogStore(storage), sqliteOutboxStore(storage.sql)];
    const program = compile(definition);
    const journeys = journeysOf(program.definition, storage.sql, outbox);
    store.transaction(() => {
      for (const [name, timestamp] of log)
        store.add({ type: "event", id: `${name} ${timestamp}`, name, timestamp }, "phone");
    });
    new ProfileKeeper(program, store, () => {}, journeys).catchUp(T + 5 * HOUR);
    return outbox.waiting(10).flatMap((each) => ("effect" in each ? [each.effect.dueAt] : []));
  });
}

test("of what is told at once, a goal takes back what came due before it, and nothing of its own instant", async () => {
  // It ends itself, by its last step.
  expect(await sent(["Product Added", T])).toEqual([T + HOUR]);
  expect(await sent(["Product Added", T], ["Rescue Over", T + 2 * HOUR])).toEqual([]);
  // The goal of another life is none of this run's.
  expect(await sent(["Rescue Over", T - HOUR], ["Product Added", T])).toEqual([T + HOUR]);
});

/** A profile under one definition after another, each up to an instant, ms: the instants at which messages came due. */
function followed(
  ...parts: readonly [written: Definition, event: readonly [name: string, at: number], until: number][]
): Promise<{ due: number[]; nextWake: number | undefined }> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, { storage }) => {
    const [store, outbox] = [sqliteLogStore(storage), sqliteOutboxStore(storage.sql)];
    let nextWake: number | undefined;
    for (const [written, [name, timestamp], until] of parts) {
      const program = compile(written);
      const journeys = journeysOf(program.definition, storage.sql, outbox);
      const keeper = new ProfileKeeper(program, store, () => {}, journeys);
      keeper.catchUp(timestamp - 1);
      store.add({ type: "event", id: `${name} ${timestamp}`, name, timestamp }, "phone");
      keeper.catchUp(until);
      nextWake = journeys.nextWake();
    }
    const due = outbox.waiting(10).flatMap((each) => ("effect" in each ? [each.effect.dueAt] : []));
    return { due, nextWake };
  });
}

const once = {
  segments: {},
  journeys: {
    once: {
      enter: { count: "Product Added", within: "1h", gte: 1 },
      steps: [{ webhook: "ads" }, { wait: { until: { count: "Seen", within: "1h", gte: 1 }, atMost: "2h" } }],
    },
  },
} satisfies Definition;
const none = { segments: {} } satisfies Definition;

const CART = "Product Added";

test("a journey that was out of the definition for a while, the only one, has still been run, and what it had to send goes out", async () => {
  const day = 24 * HOUR;
  const { due, nextWake } = await followed(
    [once, [CART, T], T + 3 * HOUR],
    [none, [CART, T + day], T + day + HOUR],
    [once, [CART, T + 2 * day], T + 3 * day],
  );
  expect(due).toEqual([T]);
  expect(nextWake).toBeUndefined();
});

test("a run goes on to its end without its journey, and then nothing wakes the profile any more", async () => {
  const begun = [once, [CART, T], T + HOUR] as const;
  // By its time, and by its condition, which would have another answer an hour later.
  for (const over of [T + 4 * HOUR, T + HOUR + 2]) {
    const seen = [none, ["Seen", T + HOUR + 1], over] as const;
    const { due, nextWake } = await followed([...begun], [...seen], [none, [CART, over + 1], over + 2]);
    expect([due, nextWake]).toEqual([[T], undefined]);
  }
});

test.each(["at first", "later"])(
  "what a journey that is there no longer has to send goes to the address of now, and to nobody who objects: %s",
  async (how) => {
    const mail = {
      segments: {},
      journeys: { note: { enter: { count: CART, gte: 1 }, steps: [{ send: "email", template: "note" }] } },
    } satisfies Definition;
    const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
    await runInDurableObject(stub, (_object, { storage }) => {
      const [store, outbox] = [sqliteLogStore(storage), sqliteOutboxStore(storage.sql)];
      const waiting = () =>
        outbox.effects().map(({ effect: { action } }) => action.kind === "send" && action.to);
      const under = (written: Definition): ProfileKeeper =>
        new ProfileKeeper(compile(written), store, () => {}, journeysOf(written, storage.sql, outbox));
      const tell = (timestamp: number, said: { name: string } | { traits: { email: string } }): void =>
        void store.add(
          "name" in said
            ? { type: "event", id: `${timestamp}`, timestamp, ...said }
            : { type: "identify", id: `${timestamp}`, timestamp, ...said },
          "phone",
        );
      const before = under(mail);
      before.catchUp(T - 1);
      tell(T, { traits: { email: "a@shop.example" } });
      tell(T + 1, { name: CART });
      before.catchUp(T + 1);
      expect(waiting()).toEqual(["a@shop.example"]);
      const after = under(none);
      tell(T + 2, { traits: { email: "b@shop.example" } });
      after.catchUp(T + 2);
      expect(waiting()).toEqual(["b@shop.example"]);
      tell(T + 3, { name: "Unsubscribed" });
      tell(T + 4, { name: "Subscribed" });
      after.catchUp(T + 4);
      expect(waiting()).toEqual(["b@shop.example"]);
      tell(T + 5, { name: "Email Marked as Spam" });
      // It may be the first that is heard under the other definition, or not.
      (how === "at first" ? under({ ...none, measures: { a: { count: CART } } }) : after).catchUp(T + 5);
      expect(waiting()).toEqual([]);
    });
  },
);
