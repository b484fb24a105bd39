import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import type { ExperimentShard } from "../src/experiments/experiment-object.ts";
import { banditWeights } from "../src/experiments/statistics/bandit-weights.ts";
import { event, newDevice, sync } from "./kit/call.ts";

interface Dealt {
  allocations?: Record<string, number[]>;
}

const arm = (exposed: number, converted: number) => ({ exposed, converted });
const bandits = () => env.BANDITS.get(env.BANDITS.idFromName("all"));

/** Puts profiles of one variant, of which so many converted, into a shard. */
async function fill(variant: string, exposed: number, converted: number): Promise<void> {
  await runInDurableObject(env.EXPERIMENTS.get(env.EXPERIMENTS.idFromName("07")), async (object) => {
    for (let at = 0; at < exposed; at++) {
      const conversions = at < converted ? 1 : 0;
      const contribution = { experiment: "lab-bandit", variant, exposedAt: 5, conversions, value: 0 };
      await (object as unknown as ExperimentShard).put(`${variant}-${at}`, {
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
