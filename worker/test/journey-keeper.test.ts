import { env, runInDurableObject } from "cloudflare:test";
import { compile, type Definition } from "@murmur/core";
import { expect, test } from "vitest";
import { JourneyKeeper } from "../src/journeys/journey-keeper.ts";
import { sqliteJourneyStore } from "../src/journeys/sqlite-journey-store.ts";
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

/** When what a log brings about at once was due to go out, ms. */
function sent(...log: readonly [name: string, timestamp: number][]): Promise<number[]> {
  const stub = env.PROFILE.get(env.PROFILE.newUniqueId());
  return runInDurableObject(stub, (_object, { storage }) => {
    const [store, outbox] = [sqliteLogStore(storage), sqliteOutboxStore(storage.sql)];
    const program = compile(definition);
    const journeys = new JourneyKeeper({
      definition: program.definition,
      store: sqliteJourneyStore(storage.sql),
      outbox,
      owner: () => "customer:1",
      isAllowed: () => true,
      mayMail: () => true,
    });
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
