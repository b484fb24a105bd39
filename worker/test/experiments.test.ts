import { env, evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import type { Definition } from "@murmur/core";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { ExperimentResult, VariantResult } from "../src/experiments/results.ts";
import { experimentResultSchema } from "../src/openapi/experiment-operations.ts";
import { memberOf, shardOfMember } from "../src/shards/shard-names.ts";
import { admin } from "./kit/admin-call.ts";
import { event, fetchEdge, newDevice, sync, token } from "./kit/call.ts";
import { profileOf, storedIn } from "./kit/stored.ts";

type Counts = Pick<VariantResult, "exposed" | "converted" | "conversions"> & { total: number };

const NOW = Date.now();
const shown = (variant: string, at = NOW - 1_000, experiment = "lab-copy") =>
  event("Experiment Viewed", { experiment_id: experiment, variation_id: variant }, at);
const ordered = (total: number, at = NOW) => event("Lab Ordered", { total }, at);

async function result(id = "lab-copy"): Promise<ExperimentResult> {
  return (await admin(`/experiments/${id}`)).json();
}

async function countsOf(variant: string): Promise<Counts> {
  const { exposed, converted, conversions, value } = (await result()).variants.find(
    ({ id }) => id === variant,
  )!;
  return { exposed, converted, conversions, total: value!.total };
}

let before: Record<string, Counts>;

/** Waits until a variant has gained so much since the test began. */
function gains(variant: string, more: Partial<Counts>): Promise<void> {
  const base = before[variant]!;
  const expected = Object.entries({ exposed: 0, converted: 0, conversions: 0, total: 0, ...more }).map(
    ([name, count]) => [name, Math.round((base[name as keyof Counts] + count) * 1e4) / 1e4],
  );
  return vi.waitFor(
    async () => expect(await countsOf(variant)).toEqual(Object.fromEntries(expected)),
    10_000,
  );
}

beforeEach(async () => {
  before = { control: await countsOf("control"), bold: await countsOf("bold") };
});

describe("what is counted of an experiment", { timeout: 30_000 }, () => {
  test("is who was shown a variant, and what they did afterwards, whatever comes twice or late", async () => {
    const device = newDevice();
    const [exposure, order] = [shown("bold", NOW - 9_000), ordered(19.9, NOW - 5_000)];
    await sync(device, [ordered(100, NOW - 20_000), order]);
    await gains("bold", {});
    await sync(device, [exposure]);
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 19.9 });
    await sync(device, [order, exposure, shown("bold"), ordered(0.1)]);
    await gains("bold", { exposed: 1, converted: 1, conversions: 2, total: 20 });
    await sync(newDevice(), [shown("bold", NOW, "no-such"), shown("no-such"), ordered(5)]);
    await gains("bold", { exposed: 1, converted: 1, conversions: 2, total: 20 });
    await gains("control", {});
  });

  test("survives that profiles and shards are evicted", async () => {
    const device = newDevice();
    await sync(device, [shown("control", NOW - 9_000)]);
    await gains("control", { exposed: 1 });
    await evictDurableObject(profileOf("device", device));
    const shard = shardOfMember(await memberOf({ kind: "device", id: device }));
    await evictDurableObject(env.EXPERIMENTS.get(env.EXPERIMENTS.idFromName(shard)));
    await sync(device, [ordered(7)]);
    await gains("control", { exposed: 1, converted: 1, conversions: 1, total: 7 });
  });

  test("moves with a device that joins a customer, whose earliest exposure counts, and back", async () => {
    const [phone, laptop, customer] = [newDevice(), newDevice(), newDevice()];
    await sync(phone, [shown("control", NOW - 9_000), ordered(10, NOW - 8_000)]);
    await sync(laptop, [shown("bold", NOW - 9_500), ordered(20, NOW - 9_200)]);
    await gains("control", { exposed: 1, converted: 1, conversions: 1, total: 10 });
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 20 });
    const identity = await token(customer);
    await sync(phone, [], { identity });
    await sync(laptop, [], { identity });
    await gains("bold", { exposed: 1, converted: 1, conversions: 2, total: 30 });
    await gains("control", {});
    await fetchEdge(`/v1/profile/devices/${laptop}`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${identity}` },
    });
    await gains("control", { exposed: 1, converted: 1, conversions: 1, total: 10 });
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 20 });
  });

  test("is nothing of who says no to personalization, until they say yes again", async () => {
    const device = newDevice();
    const yes = { analytics: true, personalization: true, marketing: true };
    await sync(device, [shown("bold"), ordered(3)], { consent: yes });
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 3 });
    await sync(device, [], { consent: { ...yes, personalization: false } });
    await gains("bold", {});
    await sync(device, [], { consent: yes });
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 3 });
    await sync(device, [], { consent: { ...yes, analytics: false } });
    await gains("bold", {});
  });
});

test("what is pushed counts for profiles that are in memory, too: by another goal, all is counted anew", async () => {
  onTestFinished(async () => void (await admin("/definition", { method: "DELETE" })));
  const device = newDevice();
  await sync(device, [shown("bold", NOW - 9_000), event("Lab Rated", {}, NOW - 8_000), ordered(3)]);
  await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 3 });
  const { definition } = await (await admin("/definition")).json<{ definition: Definition }>();
  const experiments = { ...definition.experiments };
  experiments["lab-copy"] = { ...experiments["lab-copy"]!, goal: { event: "Lab Rated" } };
  const body = JSON.stringify({ definition: { ...definition, experiments } });
  expect((await admin("/definition", { method: "PUT", body })).status).toBe(200);
  await sync(device, [event("Lab Rated", {}, NOW - 7_000)]);
  const conversions = async (): Promise<number> => {
    const { variants } = await result();
    return variants.find(({ id }) => id === "bold")!.conversions - before["bold"]!.conversions;
  };
  await vi.waitFor(async () => expect(await conversions()).toBe(2), 20_000);
  await admin("/definition", { method: "DELETE" });
  await sync(device);
  await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 3 });
}, 60_000);

describe("of who is erased", { timeout: 30_000 }, () => {
  test("nothing is counted, and no row stays", async () => {
    const [device, customer] = [newDevice(), newDevice()];
    const identity = await token(customer);
    await sync(device, [shown("bold"), ordered(3)]);
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 3 });
    await sync(device, [], { identity });
    await gains("bold", { exposed: 1, converted: 1, conversions: 1, total: 3 });
    await fetchEdge("/v1/profile", { method: "DELETE", headers: { authorization: `Bearer ${identity}` } });
    await gains("bold", {});
    for (const address of [
      { kind: "device", id: device } as const,
      { kind: "customer", id: customer } as const,
    ]) {
      const member = await memberOf(address);
      const stub = env.EXPERIMENTS.get(env.EXPERIMENTS.idFromName(shardOfMember(member)));
      const rows = (await storedIn(stub)).rows.filter((row) => row.includes(member));
      // That they have gone is kept for an hour, by the hash alone.
      expect(rows.every((row) => row.includes('"until"'))).toBe(true);
      expect(await storedIn(profileOf(address.kind, address.id))).toEqual({ rows: [], alarm: null });
    }
    await sync(device, [shown("control")]);
    await gains("control", { exposed: 1 });
  });

  test("shards that were lost come right again from the profiles", async () => {
    const devices = [newDevice(), newDevice()];
    for (const device of devices) await sync(device, [shown("bold"), ordered(1)]);
    await gains("bold", { exposed: 2, converted: 2, conversions: 2, total: 2 });
    const after = await countsOf("bold");
    for (const id of await listDurableObjectIds(env.EXPERIMENTS)) {
      const stub = env.EXPERIMENTS.get(id);
      await runInDurableObject(stub, (_object, { storage }) => storage.deleteAll());
      await evictDurableObject(stub);
    }
    expect((await countsOf("bold")).exposed).toBe(0);
    const profiles = (await listDurableObjectIds(env.PROFILE)).map(String);
    await admin("/audiences/rebuild", { method: "POST", body: JSON.stringify({ profiles }) });
    await vi.waitFor(async () => expect(await countsOf("bold")).toEqual(after), 10_000);
  });
});

describe("the results", { timeout: 30_000 }, () => {
  test("are as they are described, for each experiment and for one", async () => {
    const { experiments } = await (
      await admin("/experiments")
    ).json<{ experiments: { experiment: string; why?: { code: string } }[] }>();
    expect(experiments.map(({ experiment }) => experiment)).toEqual(["lab-copy", "lab-bandit"]);
    for (const each of experiments) {
      expect(experimentResultSchema.strict().safeParse(each).error).toBeUndefined();
      expect(await result(each.experiment)).toEqual(each);
    }
    expect(experiments[1]).toMatchObject({
      winner: null,
      why: { code: "bandit" },
      sampleRatio: { result: "does_not_apply", p: null },
    });
  });

  test("count who is held out beside", async () => {
    const heldOut = (await result()).heldOut!.exposed;
    await sync(newDevice(), [shown("holdout"), ordered(9)]);
    await vi.waitFor(async () => expect((await result()).heldOut!.exposed).toBe(heldOut + 1), 10_000);
    await gains("control", {});
    await gains("bold", {});
  });

  test("are for who holds the token, and of what there is", async () => {
    expect((await admin("/experiments", {}, "no-token")).status).toBe(401);
    expect((await admin("/experiments/lab-copy", {}, "no-token")).status).toBe(401);
    for (const id of ["no-such", "toString", "__proto__"]) {
      const answer = await admin(`/experiments/${id}`);
      expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([404, "not_found"]);
    }
    expect((await admin("/experiments", { method: "POST" })).status).toBe(405);
  });
});
