import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { AUDIENCE_BYTES, ROWS } from "../../test/load/scale-figures.ts";
import { audienceShard } from "../src/audience/audience-shards.ts";
import { experimentShard } from "../src/experiments/experiment-shards.ts";
import { profileStub } from "../src/profile/profile-address.ts";
import { sha256Hex } from "../src/wire/sha256-hex.ts";
import { event, newDevice, post, sync, viewed } from "./kit/call.ts";
import { profileOf } from "./kit/stored.ts";

// What docs/scale.md computes a price from: https://developers.cloudflare.com/durable-objects/platform/pricing/

interface Billed {
  read: number;
  written: number;
}

/** Counts what an object reads and writes from now on; each setAlarm is a row written. Gives what came since the last look. */
async function meter(stub: DurableObjectStub): Promise<() => Billed> {
  let billed: Billed = { read: 0, written: 0 };
  await runInDurableObject(stub, (_object, { storage }) => {
    const { sql } = storage;
    const exec = sql.exec.bind(sql);
    sql.exec = ((...asked: Parameters<typeof exec>) => {
      const cursor = exec(...asked);
      const rows = cursor.toArray();
      billed.read += cursor.rowsRead;
      billed.written += cursor.rowsWritten;
      return { toArray: () => rows, one: () => rows[0], [Symbol.iterator]: () => rows[Symbol.iterator]() };
    }) as unknown as typeof sql.exec;
    const setAlarm = storage.setAlarm.bind(storage);
    storage.setAlarm = (...asked) => {
      billed.written++;
      return setAlarm(...asked);
    };
  });
  return () => {
    const since = billed;
    billed = { read: 0, written: 0 };
    return since;
  };
}

/** Holds what was counted to so many times what the figures say. */
function hold(billed: Billed, ...parts: readonly (readonly [times: number, of: Billed])[]): void {
  const sum = (what: keyof Billed): number => parts.reduce((sum, [times, of]) => sum + times * of[what], 0);
  // Something was counted at all.
  expect(billed.read).toBeGreaterThan(0);
  expect(billed.read).toBeLessThanOrEqual(sum("read"));
  expect(billed.written).toBeLessThanOrEqual(sum("written"));
}

test("a call is billed for the rows that the scale page counts, however long the log is", async () => {
  const device = newDevice();
  const views = (count: number) => Array.from({ length: count }, () => viewed());
  for (let filled = 0; filled < 400; filled += 100) await sync(device, views(100));
  let { log, cursor } = await sync(device, views(100));
  const billed = await meter(profileOf("device", device));
  for (const count of [0, 1, 2, 5, 20]) {
    ({ log, cursor } = await sync(device, views(count), { log, cursor, slots: ["hero"] }));
    hold(billed(), [1, ROWS.ofCall], [count, ROWS.ofEvent]);
  }
});

test("a page that asks what it shows has nothing written, and nothing read from the second on", async () => {
  const device = newDevice();
  await sync(device, [viewed()]);
  const address = { kind: "device", id: device } as const;
  const look = () => profileStub(env, address).decide(address, { device, unit: device });
  await look();
  const billed = await meter(profileOf("device", device));
  for (let looked = 0; looked < 5; looked++) expect((await look()).kind).toBe("answer");
  expect(billed()).toEqual({ read: 0, written: 0 });
  // The meter counts.
  await sync(device, [viewed()]);
  expect(billed().written).toBeGreaterThan(0);
});

test("a change of membership by time is billed for the rows that the scale page counts", async () => {
  const device = newDevice();
  const added = event("Product Added");
  await sync(device, [added]);
  await post("/v1/dev/clock", { device, advance: 2 * 36e5 - (Date.now() - added.timestamp) - 300 });
  const billed = await meter(profileOf("device", device));
  // All of it at once, as the real alarm does it: what it changes, what it tells, and the webhook that is delivered.
  await scheduler.wait(350);
  await runDurableObjectAlarm(profileOf("device", device));
  await scheduler.wait(1_500);
  // It begins the cart rescue, too.
  hold(billed(), [1, ROWS.ofAlarm], [1, ROWS.ofJourney]);
});

test("an experiment shard is billed for the rows that the scale page counts", async () => {
  const name = crypto.randomUUID();
  const [shard, stub] = [experimentShard(env, name), env.EXPERIMENTS.get(env.EXPERIMENTS.idFromName(name))];
  const state = (version: number, conversions: number) => ({
    version,
    contributions: [{ experiment: "lab-copy", variant: "bold", exposedAt: 5, conversions, value: 0 }],
  });
  // Others were here before.
  for (let at = 0; at < 50; at++) await shard.put(`other-${at}`, state(1, at % 2));
  const billed = await meter(stub);
  await shard.put("ada", state(1, 0));
  hold(billed(), [1, ROWS.ofExperiment]);
  await shard.put("ada", state(2, 1));
  hold(billed(), [1, ROWS.ofExperiment]);
});

test(
  "an audience shard is billed for the rows, and keeps the bytes, that the scale page counts",
  { timeout: 30_000 },
  async () => {
    const name = crypto.randomUUID();
    const [shard, stub] = [audienceShard(env, name), env.AUDIENCE.get(env.AUDIENCE.idFromName(name))];
    const members = 500;
    const state = (at: number, segments: readonly string[]) => ({
      address: { kind: "customer" as const, id: `customer-${at}-${"x".repeat(24)}` },
      version: Date.now(),
      memberships: segments.map((segment) => ({ segment, since: Date.now() })),
      marketing: true,
    });
    const puts = Array.from({ length: members }, async (_none, at) =>
      shard.put(await sha256Hex(`${at}`), state(at, ["running-shoe-intent", "first-time-buyer"])),
    );
    await Promise.all(puts);
    const bytes = await runInDurableObject(stub, (_object, { storage }) => storage.sql.databaseSize);
    expect(bytes / members).toBeLessThanOrEqual(AUDIENCE_BYTES);
    const billed = await meter(stub);
    await shard.put(await sha256Hex("0"), { ...state(0, ["cart-abandoner"]), version: Date.now() + 1 });
    hold(billed(), [1, ROWS.ofAudience]);
  },
);
