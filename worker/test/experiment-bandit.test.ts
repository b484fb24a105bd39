import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { definitionHash } from "@murmur/core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { deployed } from "../src/definition.ts";
import { definitionObject } from "../src/definition-store/refresh-definition.ts";
import type { ExperimentShard } from "../src/experiments/experiment-object.ts";
import { banditWeights } from "../src/experiments/statistics/bandit-weights.ts";
import { event, fetchEdge, newDevice, sync } from "./kit/call.ts";

interface Dealt {
  allocations?: Record<string, number[]>;
}

const arm = (exposed: number, converted: number) => ({ exposed, converted });
const bandits = () => env.BANDITS.get(env.BANDITS.idFromName("all"));

/** Puts profiles of one variant, of which so many converted, into a shard. */
async function fill(
  variant: string,
  exposed: number,
  converted: number,
  experiment = "lab-bandit",
): Promise<void> {
  await runInDurableObject(env.EXPERIMENTS.get(env.EXPERIMENTS.idFromName("07")), async (object) => {
    for (let at = 0; at < exposed; at++) {
      const conversions = at < converted ? 1 : 0;
      const contribution = { experiment, variant, exposedAt: 5, conversions, value: 0 };
      await (object as unknown as ExperimentShard).put(`${experiment}-${variant}-${at}`, {
        version: 1,
        contributions: [contribution],
      });
    }
  });
}

describe("the shares of a bandit", () => {
  test("are even before anything is known, and always leave each variant some", () => {
    expect(banditWeights([arm(0, 0), arm(0, 0)])).toEqual([0.5, 0.5]);
    expect(banditWeights([arm(0, 0), arm(0, 0), arm(0, 0)])).toEqual([0.334, 0.333, 0.333]);
    expect(banditWeights([arm(10_000, 100), arm(10_000, 900)])).toEqual([0.05, 0.95]);
    const four = banditWeights([arm(10_000, 100), arm(10_000, 900), arm(500, 5), arm(9, 0)]);
    for (const share of four) expect(share).toBeGreaterThanOrEqual(0.025);
    expect(four.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  });

  test("are the same for the same counts", () => {
    expect(banditWeights([arm(40, 3), arm(50, 5)])).toEqual(banditWeights([arm(40, 3), arm(50, 5)]));
  });
});

describe("a bandit at the edge", () => {
  test("deals by its results: computed by an alarm, told to devices, and kept by who was exposed", async () => {
    const device = newDevice();
    const entered = [event("Lab Entered"), event("Bandit Entered")];
    // Nothing is known yet.
    expect(await sync(device, entered)).toMatchObject({ allocations: {} });
    await fill("control", 80, 2);
    await fill("bold", 80, 40);
    expect(await runDurableObjectAlarm(bandits())).toBe(true);
    // Nobody asks, nothing is computed.
    expect(await runDurableObjectAlarm(bandits())).toBe(false);
    vi.setSystemTime(Date.now() + 61_000);
    await vi.waitFor(async () =>
      expect((await sync(device)) as Dealt).toMatchObject({ allocations: { "lab-bandit": [0.05, 0.95] } }),
    );
    // The alarm stands for ten minutes after.
    const alarm = await runInDurableObject(bandits(), (_object, { storage }) => storage.getAlarm());
    expect(alarm! - Date.now()).toBeGreaterThan(8 * 60_000);
    vi.useRealTimers();
  });
});

describe("a bandit that was pushed to the running worker", () => {
  const authorization = `Bearer ${env.ADMIN_TOKEN}`;

  afterEach(async () => {
    vi.useRealTimers();
    await fetchEdge("/v1/admin/definition", { method: "DELETE", headers: { authorization } });
  });

  test("deals by its results as well, without a restart, also where nobody else has asked since the push", async () => {
    // Its slot has the variants of the one that was deployed with, and so has the new one.
    const pushed = {
      ...deployed.definition,
      experiments: {
        "new-bandit": { ...deployed.definition.experiments!["lab-bandit"]!, name: "The one that was pushed" },
      },
    };
    // As by another isolate: this one is not told.
    const over = { hash: definitionHash(pushed), definition: pushed, over: deployed.hash };
    expect(await definitionObject(env)!.write(over, undefined)).toBeUndefined();
    await fill("control", 80, 2, "new-bandit");
    await fill("bold", 80, 40, "new-bandit");
    await runInDurableObject(bandits(), (_object, { storage }) => storage.setAlarm(Date.now() + 864e5));
    expect(await runDurableObjectAlarm(bandits())).toBe(true);
    // By when this isolate asks for shares again, whatever it has asked before.
    vi.setSystemTime(Date.now() + 300_000);
    const device = newDevice();
    await sync(device, [event("Lab Entered"), event("Bandit Entered")]);
    await vi.waitFor(async () =>
      expect((await sync(device)) as Dealt).toMatchObject({ allocations: { "new-bandit": [0.05, 0.95] } }),
    );
    expect(((await sync(device)) as Dealt).allocations).not.toHaveProperty("lab-bandit");
  });

  test("shows each variant by its own share, wherever it stands; and one that nothing is known of by its weight", async () => {
    await fill("control", 80, 2, "moved-bandit");
    await fill("bold", 80, 40, "moved-bandit");
    const lab = deployed.definition.experiments!["lab-bandit"]!;
    const push = async (variants: typeof lab.variants) => {
      const definition = { ...deployed.definition, experiments: { "moved-bandit": { ...lab, variants } } };
      const body = JSON.stringify({ definition });
      const answer = await fetchEdge("/v1/admin/definition", {
        method: "PUT",
        headers: { authorization },
        body,
      });
      expect(await answer.text()).toContain("pushed");
    };
    const device = newDevice();
    const entered = [event("Lab Entered"), event("Bandit Entered")];
    const dealt = async () => ((await sync(device, entered)) as Dealt).allocations;
    const [control, bold] = lab.variants as [(typeof lab.variants)[0], (typeof lab.variants)[0]];
    await push([control, bold]);
    await runInDurableObject(bandits(), (_object, { storage }) => storage.setAlarm(Date.now() + 864e5));
    expect(await runDurableObjectAlarm(bandits())).toBe(true);
    vi.setSystemTime(Date.now() + 600_000);
    await vi.waitFor(async () => expect(await dealt()).toEqual({ "moved-bandit": [0.05, 0.95] }));
    await push([bold, control]);
    expect(await dealt()).toEqual({ "moved-bandit": [0.95, 0.05] });
    await push([control, { ...bold, id: "bolder" }]);
    expect(await dealt()).toEqual({});
  });
});
