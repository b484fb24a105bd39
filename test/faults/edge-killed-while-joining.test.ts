import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signCustomerToken } from "../../examples/storefront/customer-token.ts";
import { edgeLog } from "../kit/edge-log.ts";
import { startKillableEdge, type KillableEdge } from "../kit/killable-edge.ts";
import { SHOP_VARS } from "../load/make-call.ts";

/** Four pages of a log on its way, each sent within a device's 600 a minute. */
const BATCHES = 4;
const BATCH = 500;

let edge: KillableEdge;

beforeAll(async () => {
  edge = await startKillableEdge("test/load/shop.config.ts");
});

afterAll(() => edge?.close());

function newId(): string {
  return randomUUID().replaceAll("-", "");
}

function sync(device: string, more: object = {}): Promise<Response> {
  const body = JSON.stringify({ device, sentAt: Date.now(), ...more });
  return fetch(`${edge.url}/v1/sync`, { method: "POST", body });
}

/** Fills a device's log; the edge counts what a device sends in memory, which a restart empties. */
async function fill(device: string): Promise<string[]> {
  const ids: string[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const timestamp = Date.now() - batch * 1_000;
    // Short, to fit into one call.
    const entries = Array.from({ length: BATCH }, () => ({
      type: "event",
      id: randomUUID().slice(0, 23),
      name: "Page Viewed",
      timestamp,
    }));
    const answer = await sync(device, { entries });
    expect([answer.status, await answer.json()]).toMatchObject([200, { accepted: BATCH }]);
    ids.push(...entries.map(({ id }) => id));
    await restart();
  }
  return ids.sort();
}

async function restart(): Promise<void> {
  await edge.kill();
  await edge.start();
}

/** Begins a call over and over, and kills the edge a little later into it each time, until it is answered. */
async function killedThroughout(call: () => Promise<Response>): Promise<number> {
  // Each comes 1 ms later than by how much the last one did: a slow machine gets there, too.
  for (let kills = 0, later = 0; ; later += ++kills) {
    const answered = call().then(
      ({ ok }) => ok,
      () => false,
    );
    if (await Promise.race([answered, sleep(later, undefined)])) return kills;
    await restart();
    await answered;
  }
}

async function idsOf(device: string): Promise<string[]> {
  return (await edgeLog(edge.url, device)).map(({ id }) => id).sort();
}

/** How many rows of an entry there are on disk, over all profiles: an entry that is in two logs has two. */
async function copiesOnDisk(ids: readonly string[]): Promise<number[]> {
  const copies = new Map(ids.map((id) => [id, 0]));
  const folder = join(edge.objects, "Profile");
  for (const name of await readdir(folder)) {
    if (!name.endsWith(".sqlite") || name === "metadata.sqlite") continue;
    const database = new DatabaseSync(join(folder, name), { readOnly: true });
    const { found } = database
      .prepare("SELECT count(*) AS found FROM sqlite_master WHERE name = 'entry'")
      .get()!;
    const rows = found === 0 ? [] : database.prepare("SELECT id FROM entry").all();
    for (const { id } of rows) {
      const known = copies.get(id as string);
      if (known !== undefined) copies.set(id as string, known + 1);
    }
    database.close();
  }
  return [...new Set(copies.values())];
}

test("a join into which the edge is killed, ever later, ends as the union of both logs, once", async () => {
  const [phone, laptop, customer] = [newId(), newId(), newId()];
  const identity = await signCustomerToken(customer, SHOP_VARS.TOKEN_SECRET);
  const timestamp = Date.now();
  const own = { type: "event", id: randomUUID(), name: "Order Completed", timestamp };
  expect((await sync(laptop, { identity, entries: [own] })).status).toBe(200);
  const ids = await fill(phone);
  // What it brings with it arrives with the join, and once.
  const added = { type: "event", id: randomUUID(), name: "Product Added", timestamp };
  const kills = await killedThroughout(() => sync(phone, { identity, entries: [added] }));
  expect(kills).toBeGreaterThan(2);
  const all = [...ids, own.id, added.id].sort();
  for (const device of [phone, laptop]) expect(await idsOf(device)).toEqual(all);
  await edge.kill();
  // The phone's own copy is gone: there is one profile.
  expect(await copiesOnDisk(all)).toEqual([1]);
  await edge.start();
});

test("undoing a join into which the edge is killed, ever later, gives each side what is its own", async () => {
  const [phone, laptop, customer] = [newId(), newId(), newId()];
  const identity = await signCustomerToken(customer, SHOP_VARS.TOKEN_SECRET);
  const own = { type: "event", id: randomUUID(), name: "Order Completed", timestamp: Date.now() };
  expect((await sync(laptop, { identity, entries: [own] })).status).toBe(200);
  const ids = await fill(phone);
  expect((await sync(phone, { identity })).status).toBe(200);
  const kills = await killedThroughout(() =>
    fetch(`${edge.url}/v1/profile/devices/${phone}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${identity}` },
    }),
  );
  expect(kills).toBeGreaterThan(2);
  expect(await idsOf(phone)).toEqual(ids);
  expect(await idsOf(laptop)).toEqual([own.id]);
  await edge.kill();
  expect(await copiesOnDisk([...ids, own.id])).toEqual([1]);
  await edge.start();
});
