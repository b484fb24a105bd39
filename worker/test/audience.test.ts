import { env, evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { AudienceShard, MemberState } from "../src/audience/audience-object.ts";
import { audienceShard, shardOf } from "../src/audience/audience-shards.ts";
import { shardOfMember, SHARDS } from "../src/shards/shard-names.ts";
import { admin, countOf, membersOf, type ExportedMember } from "./kit/admin-call.ts";
import { event, fetchEdge, newDevice, post, sync, token, viewed } from "./kit/call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

const SHOES = "running-shoe-intent";
const shoes = () => Array.from({ length: 4 }, () => viewed());

/** A shard that no profile is counted in. */
function freshShard(): AudienceShard {
  return audienceShard(env, crypto.randomUUID());
}

function state(version: number, segments: readonly string[], marketing = true): MemberState {
  const memberships = segments.map((segment) => ({ segment, since: version * 10 }));
  return { address: { kind: "customer", id: "ada" }, version, memberships, marketing };
}

const ADA = "ad".repeat(32);

describe("a shard", () => {
  test("counts a member once, however often the same state comes", async () => {
    const shard = freshShard();
    for (let time = 1; time <= 3; time++) expect(await shard.put(ADA, state(5, ["a", "b"]))).toBeUndefined();
    expect(await shard.counts()).toEqual({ a: 1, b: 1 });
  });

  test("ends the same in whatever order states come", async () => {
    const states = [state(1, ["a"]), state(2, ["a", "b"]), state(3, []), state(4, ["b", "c"], false)];
    const orders = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 3, 0, 2, 1, 3],
    ];
    for (const order of orders) {
      const shard = freshShard();
      for (const at of order) await shard.put(ADA, states[at]!);
      expect(await shard.counts()).toEqual({ b: 1, c: 1 });
      expect(await shard.members("b", "", 10)).toEqual([
        { member: ADA, address: { kind: "customer", id: "ada" }, since: 40, marketing: false },
      ]);
      expect(await shard.members("a", "", 10)).toEqual([]);
    }
  });

  test("names the version that stands against a late one", async () => {
    const shard = freshShard();
    await shard.put(ADA, state(7, ["a"]));
    expect(await shard.put(ADA, state(6, ["b"]))).toBe(7);
    await shard.put(ADA, state(8, []));
    expect(await shard.put(ADA, state(8, ["a"]))).toBe(8);
    expect(await shard.counts()).toEqual({});
  });

  test("does not take up again who was removed, from what was sent before, and forgets that they were", async () => {
    const name = crypto.randomUUID();
    const shard = audienceShard(env, name);
    const stub = env.AUDIENCE.get(env.AUDIENCE.idFromName(name));
    const sent = Date.now() - 5;
    await shard.put(ADA, state(sent - 5, ["a"]));
    await shard.remove(ADA);
    expect(await shard.put(ADA, state(sent, ["a"]))).toBeGreaterThanOrEqual(sent);
    expect(await shard.counts()).toEqual({});
    const alarm = (await storedIn(stub)).alarm!;
    expect(alarm - Date.now()).toBeGreaterThan(0);
    vi.setSystemTime(alarm);
    await runInDurableObject(stub, (object) => (object as unknown as { alarm(): Promise<void> }).alarm());
    vi.useRealTimers();
    const { rows } = await storedIn(stub);
    expect(rows.filter((row) => row.includes(ADA))).toEqual([]);
  });

  test("forgets those who went within some minutes at once, and looks for none while an alarm stands", async () => {
    const name = crypto.randomUUID();
    const shard = audienceShard(env, name);
    const stub = env.AUDIENCE.get(env.AUDIENCE.idFromName(name));
    const names = Array.from({ length: 20 }, (_, n) => n.toString(16).padStart(64, "0"));
    const begun = Date.now();
    for (const [at, member] of names.entries()) {
      vi.setSystemTime(begun + at * 20_000);
      await shard.remove(member);
    }
    const { alarm } = await storedIn(stub);
    expect(alarm).toBe(begun + 36e5 + 600_000);
    vi.setSystemTime(alarm!);
    await runInDurableObject(stub, (object) => (object as unknown as { alarm(): Promise<void> }).alarm());
    vi.useRealTimers();
    const { rows } = await storedIn(stub);
    expect(rows.filter((row) => names.some((member) => row.includes(member)))).toEqual([]);
  });

  test("gives members page by page, in order", async () => {
    const shard = freshShard();
    const names = Array.from({ length: 25 }, (_, n) => (n + 10).toString(16).padStart(64, "0"));
    for (const name of [...names].reverse()) await shard.put(name, state(1, ["a"]));
    const first = await shard.members("a", "", 10);
    const rest = await shard.members("a", first.at(-1)!.member, 100);
    expect([...first, ...rest].map(({ member }) => member)).toEqual(names);
    expect(await shard.counts()).toEqual({ a: 25 });
  });
});

let before: number;

async function countBefore(): Promise<void> {
  before = await countOf(SHOES);
}

/** Waits until so many more are counted than before the test. */
function counts(more: number): Promise<void> {
  return vi.waitFor(async () => expect(await countOf(SHOES)).toBe(before + more), 5_000);
}

async function exported(id: string): Promise<ExportedMember | undefined> {
  return (await membersOf(SHOES)).find(({ userId, anonymousId }) => id === userId || id === anonymousId);
}

describe("who is in what", () => {
  beforeEach(countBefore);

  test("is counted exactly as devices come and their memberships end", async () => {
    const devices = [newDevice(), newDevice(), newDevice()];
    for (const device of devices) await sync(device, shoes());
    await sync(newDevice(), [viewed()]);
    await counts(3);
    await post("/v1/dev/clock", { device: devices[0], advance: 8 * 864e5 });
    await counts(2);
  });

  test("is exported with the instant of entering and what marketing may", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    const entries = shoes();
    const consent = { analytics: true, personalization: true, marketing: false };
    await sync(device, entries, { consent });
    await sync(newDevice(), shoes(), { identity: await token(customer) });
    await counts(2);
    expect(await exported(device)).toMatchObject({ since: entries.at(-1)!.timestamp, marketing: false });
    expect(await exported(customer)).toMatchObject({ marketing: true });
    // Every line's cursor begins where the line ends.
    const all = await membersOf(SHOES);
    expect(all.map(({ cursor }) => cursor)).toEqual(all.map(({ cursor }) => cursor).sort());
    for (const [at, { cursor }] of all.entries())
      expect(await membersOf(SHOES, `?after=${cursor}`)).toEqual(all.slice(at + 1));
  });

  test("is exported shard by shard as a whole", async () => {
    const device = newDevice();
    await sync(device, shoes());
    await counts(1);
    const { member } = await shardOf(env, { kind: "device", id: device });
    const own = shardOfMember(member);
    const members = await membersOf(SHOES, `?shard=${own}`);
    expect(members.map(({ anonymousId }) => anonymousId)).toContain(device);
    expect(await membersOf(SHOES, `?shard=${own}&after=${members[0]!.cursor}`)).toEqual(members.slice(1));
    const parts = await Promise.all(SHARDS.map((shard) => membersOf(SHOES, `?shard=${shard}`)));
    expect(parts.flat()).toEqual(await membersOf(SHOES));
  });

  test("is the customer once a device has joined, and the device again once it is on its own", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    await sync(device, shoes());
    await counts(1);
    const identity = await token(customer);
    await sync(device, [], { identity });
    await vi.waitFor(async () => expect(await exported(customer)).toBeDefined(), 5_000);
    await counts(1);
    expect(await exported(device)).toBeUndefined();
    await fetchEdge(`/v1/profile/devices/${device}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${identity}` },
    });
    await vi.waitFor(async () => expect(await exported(device)).toBeDefined(), 5_000);
    await counts(1);
    expect(await exported(customer)).toBeUndefined();
  });
});

describe("who is in what, after something has gone,", () => {
  beforeEach(countBefore);

  test("is no longer who has said no to personalization", async () => {
    const device = newDevice();
    await sync(device, shoes(), { consent: { analytics: true, personalization: true } });
    await counts(1);
    await sync(device, [], { consent: { analytics: true, personalization: false } });
    await counts(0);
  });

  test("comes right again from the profiles when shards are lost", async () => {
    const devices = [newDevice(), newDevice(), newDevice()];
    for (const device of devices) await sync(device, shoes());
    await counts(3);
    const all = await membersOf(SHOES);
    for (const name of new Set(all.map(({ cursor }) => shardOfMember(cursor)))) {
      const stub = env.AUDIENCE.get(env.AUDIENCE.idFromName(name));
      await runInDurableObject(stub, (_object, { storage }) => storage.deleteAll());
      await evictDurableObject(stub);
    }
    expect(await countOf(SHOES)).toBe(0);
    const profiles = (await listDurableObjectIds(env.PROFILE)).map(String);
    const rebuilt = await admin("/audiences/rebuild", { method: "POST", body: JSON.stringify({ profiles }) });
    expect(rebuilt.status).toBe(200);
    expect((await rebuilt.json<{ told: number }>()).told).toBeGreaterThanOrEqual(3);
    await counts(3);
    await vi.waitFor(async () => expect(await membersOf(SHOES)).toEqual(all), 5_000);
  });

  test("is nobody who was erased: no row, in no shard, and no count", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    const identity = await token(customer);
    await sync(device, shoes());
    await counts(1);
    await sync(device, [], { identity });
    await vi.waitFor(async () => expect(await exported(customer)).toBeDefined(), 5_000);
    await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization: `Bearer ${identity}` } });
    expect(await countOf(SHOES)).toBe(before);
    for (const address of [
      { kind: "device", id: device } as const,
      { kind: "customer", id: customer } as const,
    ]) {
      const { member } = await shardOf(env, address);
      const { rows } = await storedIn(env.AUDIENCE.get(env.AUDIENCE.idFromName(shardOfMember(member))));
      expect(rows.filter((row) => row.includes(device) || row.includes(customer))).toEqual([]);
    }
    // Who begins anew counts anew.
    await sync(device, shoes());
    await counts(1);
  });

  test("stays erased when it was just on its way", async () => {
    for (let time = 0; time < 5; time++) {
      const device = newDevice();
      await sync(device, shoes());
      // The alarm that tells the shard rings about now.
      await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization: `Device ${device}` } });
      expect(await storedIn(profileOf("device", device))).toEqual({ rows: [], alarm: null });
    }
    await sync(newDevice(), [event("Something Else")]);
    await counts(0);
  });
});

test("an export of many comes in pages, and goes on where it broke off", async () => {
  const total = 2_300;
  const members = Array.from({ length: total }, (_, n) => `14${n.toString(16).padStart(62, "0")}`);
  const stub = env.AUDIENCE.get(env.AUDIENCE.idFromName(shardOfMember(members[0]!)));
  await runInDurableObject(stub, async (object) => {
    for (const member of members) await (object as unknown as AudienceShard).put(member, state(1, [SHOES]));
  });
  const answer = await admin(`/audiences/${SHOES}/members?shard=05`);
  const reader = answer.body!.getReader();
  const part = new TextDecoder().decode((await reader.read()).value);
  await reader.cancel();
  // The last line may be half a one.
  const lines = part.split("\n").slice(0, -1);
  const { cursor } = JSON.parse(lines.at(-1)!) as ExportedMember;
  expect(lines.length).toBeLessThan(total);
  const rest = await membersOf(SHOES, `?shard=05&after=${cursor}`);
  const whole = [
    ...lines.map((line) => (JSON.parse(line) as ExportedMember).cursor),
    ...rest.map((line) => line.cursor),
  ];
  expect(whole.filter((one) => members.includes(one))).toEqual(members);
});
