import { dryRun, type Entry, type JourneyEffect } from "@murmur/core";
import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startKillableEdge, type KillableEdge } from "../kit/killable-edge.ts";
import { eachOf } from "../load/each-of.ts";
import { seededRandom } from "../load/seeded-random.ts";
import definition from "./fast-cart-rescue.config.ts";

/** The 1,000: CUSTOMERS=1000 vitest run --project whole test/faults/edge-killed-in-journeys.test.ts */
const CUSTOMERS = Number(process.env["CUSTOMERS"] ?? 100);
/** `SEED=… vitest run` brings back the customers and the pauses of a run that failed. */
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const KILLS = 8;
/** More, the more customers there are to be served; ms. */
const TIMEOUT = 180_000 + CUSTOMERS * 500;
const MAIL_AFTER = 4_000;
const REST = 10_000;

interface Customer {
  device: string;
  log: Entry[];
  /** When the order was acknowledged, ms; Infinity for who never orders. */
  ordered: number;
}

let edge: KillableEdge;

beforeAll(async () => {
  edge = await startKillableEdge("test/faults/fast-cart-rescue.config.ts", { TRUST_DEVICE_EMAIL: "1" });
});

afterAll(() => edge?.close());

/** Delivers entries until they are acknowledged, each try with the same ids. */
async function deliver({ device, log }: Customer, entries: readonly Entry[]): Promise<void> {
  log.push(...entries);
  for (;;) {
    const body = JSON.stringify({ device, sentAt: Date.now(), entries });
    const answer = await fetch(`${edge.url}/v1/sync`, { method: "POST", body }).catch(() => undefined);
    if (answer?.ok) {
      // Instants as the edge has them: a call that waited for long may have been shifted.
      const { timestamps } = (await answer.json()) as { timestamps: Record<string, number> };
      for (const entry of entries) entry.timestamp = timestamps[entry.id] ?? entry.timestamp;
      return;
    }
    await sleep(25);
  }
}

const event = (name: string): Entry => ({ type: "event", id: randomUUID(), name, timestamp: Date.now() });

/** One in three orders before the mail is due, one in three after it. */
async function live(customer: Customer, kind: number): Promise<void> {
  const { device } = customer;
  const traits = { email: `${device}@shop.example` };
  const named: Entry = { type: "identify", id: randomUUID(), timestamp: Date.now(), traits };
  await deliver(customer, [named, event("Product Added")]);
  if (kind === 0) return;
  await sleep(kind === 1 ? 1_000 : MAIL_AFTER + 2_500);
  await deliver(customer, [event("Order Completed")]);
  customer.ordered = Date.now();
}

/** What each profile's journeys have to send, by whose they are: as it lies on disk. */
async function effectsOnDisk(): Promise<Map<string, JourneyEffect[]>> {
  const folder = join(edge.objects, "Profile");
  const all = new Map<string, JourneyEffect[]>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".sqlite") || name === "metadata.sqlite") continue;
    const database = new DatabaseSync(join(folder, name));
    const note = database.prepare("SELECT body FROM outbox_note WHERE name = 'address'").get();
    const rows = database.prepare("SELECT effect FROM outbox WHERE effect IS NOT NULL ORDER BY n").all();
    database.close();
    const { id } = JSON.parse((note as { body: string }).body) as { id: string };
    all.set(
      id,
      rows.map(({ effect }) => JSON.parse(effect as string) as JourneyEffect),
    );
  }
  return all;
}

test(
  `killed at random while ${CUSTOMERS} customers go through cart rescue, each message is there once, at its instant (SEED=${seed})`,
  { timeout: TIMEOUT },
  async () => {
    const random = seededRandom(seed);
    const customers = Array.from({ length: CUSTOMERS }, (): Customer => ({
      device: randomUUID().replaceAll("-", ""),
      log: [],
      ordered: Infinity,
    }));
    let over = false;
    let kills = 0;
    const killing = (async () => {
      for (; kills < KILLS; kills++) {
        await sleep(random.whole(500, 2_000));
        await edge.kill();
        await edge.start();
      }
    })();
    await eachOf(customers, CUSTOMERS, (customer) => live(customer, customers.indexOf(customer) % 3));
    // Until the last of them is through.
    await sleep(REST + 2_000);
    await killing;
    // Whose alarm was due while the edge was dead, it rings for at its next start; a look does no harm.
    await sleep(3_000);
    await edge.kill();
    const effects = await effectsOnDisk();
    const wrong: unknown[] = [];
    for (const { device, log, ordered } of customers) {
      const found = effects.get(device) ?? [];
      const [run] = dryRun(definition, [[`device:${device}`, log]], Date.now() + 864e5);
      const [unbought] = dryRun(
        definition,
        [
          [
            `device:${device}`,
            log.filter((entry) => entry.type !== "event" || entry.name !== "Order Completed"),
          ],
        ],
        Date.now() + 864e5,
      );
      const known = new Map(unbought!.effects.map((effect) => [effect.key, effect]));
      const keys = found.map(({ key }) => key);
      const isOnce = new Set(keys).size === keys.length;
      const isAtItsInstant = found.every((effect) => known.get(effect.key)?.dueAt === effect.dueAt);
      const added = log.find((entry) => entry.type === "event")!.timestamp;
      const boughtInTime = ordered < added + MAIL_AFTER;
      // Whose order came late may have been written to before: what was not sent yet is taken back.
      const isRight =
        ordered === Infinity
          ? keys.join() === run!.effects.map(({ key }) => key).join()
          : !boughtInTime || keys.length === 0;
      if (!isOnce || !isAtItsInstant || !isRight)
        wrong.push({ device, log, ordered, found, expected: run!.effects });
    }
    expect(wrong).toEqual([]);
    // It was put to the test.
    expect(kills).toBe(KILLS);
    expect([...effects.values()].flat().length).toBeGreaterThan(CUSTOMERS / 3);
  },
);
