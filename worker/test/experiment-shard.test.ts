import { env, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import type { Contribution } from "../src/experiments/contribution.ts";
import type { ContributionState, ExperimentShard } from "../src/experiments/experiment-object.ts";
import { experimentShard } from "../src/experiments/experiment-shards.ts";
import { worthOf } from "../src/experiments/tally.ts";
import { storedIn } from "./kit/stored.ts";

/** A shard in which nobody is counted. */
function freshShard(): { shard: ExperimentShard; stub: DurableObjectStub } {
  const name = crypto.randomUUID();
  return { shard: experimentShard(env, name), stub: env.EXPERIMENTS.get(env.EXPERIMENTS.idFromName(name)) };
}

function state(version: number, ...contributions: Partial<Contribution>[]): ContributionState {
  const one = { experiment: "hero", variant: "bold", exposedAt: 5, conversions: 0, value: 0 };
  return { version, contributions: contributions.map((each) => ({ ...one, ...each })) };
}

const ADA = "ad".repeat(32);
const member = (at: number) => at.toString(16).padStart(64, "0");

describe("a shard of an experiment", () => {
  test("counts a profile once, however often the same state comes", async () => {
    const { shard } = freshShard();
    for (let time = 1; time <= 3; time++)
      expect(await shard.put(ADA, state(5, { conversions: 2, value: 300_000 }))).toBeUndefined();
    expect(await shard.tallies()).toEqual([
      {
        experiment: "hero",
        variant: "bold",
        exposed: 1,
        converted: 1,
        conversions: 2,
        value: "300000",
        squares: "90000000000",
      },
    ]);
  });

  test("ends the same in whatever order states come, evicted in between or not", async () => {
    const states = [
      state(1, {}),
      state(2, { conversions: 1, value: 7 }),
      // A join has shown an earlier exposure, to another variant.
      state(3, { variant: "control", conversions: 3, value: "12345678901234567890" }),
      state(4),
      state(5, { conversions: 1, value: 1_001 }, { experiment: "banner", variant: "holdout" }),
    ];
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 4, 0, 3, 1],
      [0, 0, 3, 4, 4, 1, 2],
    ]) {
      const { shard, stub } = freshShard();
      for (const at of order) {
        await shard.put(ADA, states[at]!);
        if (at % 2 === 0) await evictDurableObject(stub);
      }
      const zero = { conversions: 0, converted: 0, value: "0", squares: "0" };
      expect(await shard.tallies()).toEqual([
        { experiment: "banner", variant: "holdout", exposed: 1, ...zero },
        {
          experiment: "hero",
          variant: "bold",
          exposed: 1,
          converted: 1,
          conversions: 1,
          value: "1001",
          squares: "1002001",
        },
      ]);
      expect(await shard.tallies("banner")).toHaveLength(1);
    }
  });

  test("adds up exactly what has come and gone again", async () => {
    const { shard, stub } = freshShard();
    const values = Array.from({ length: 60 }, (_, at) => BigInt(at) ** 9n + 1n);
    await runInDurableObject(stub, async (object) => {
      const put = (at: number, version: number, value: bigint) =>
        (object as unknown as ExperimentShard).put(
          member(at),
          state(version, { conversions: 1, value: String(value) }),
        );
      for (const [at, value] of values.entries()) await put(at, 1, value * 10n ** 12n);
      for (const [at, value] of values.entries()) await put(at, 2, value);
    });
    const [tally] = await shard.tallies();
    const sum = (of: (value: bigint) => bigint) => values.map(of).reduce((all, each) => all + each, 0n);
    expect(tally).toMatchObject({
      exposed: 60,
      converted: 60,
      value: String(sum((value) => value)),
      squares: String(sum((value) => value * value)),
    });
  });

  test("names the version that stands against a late one, and forgets who was removed", async () => {
    const { shard, stub } = freshShard();
    await shard.put(ADA, state(7, {}));
    expect(await shard.put(ADA, state(6, {}))).toBe(7);
    const sent = Date.now() - 5;
    await shard.remove(ADA);
    expect(await shard.put(ADA, state(sent, {}))).toBeGreaterThanOrEqual(sent);
    expect(await shard.tallies()).toEqual([]);
    vi.setSystemTime((await storedIn(stub)).alarm!);
    await runInDurableObject(stub, (object) => (object as unknown as { alarm(): Promise<void> }).alarm());
    vi.useRealTimers();
    expect((await storedIn(stub)).rows.filter((row) => row.includes(ADA))).toEqual([]);
  });
});

test("mean and variance do not lose what is small beside what is large", () => {
  const tally = { experiment: "hero", variant: "bold", exposed: 3, converted: 3, conversions: 3 };
  const units = [10n ** 16n + 10_000n, 10n ** 16n + 20_000n, 10n ** 16n + 30_000n];
  const [value, squares] = [units, units.map((unit) => unit * unit)].map((list) =>
    String(list.reduce((sum, each) => sum + each, 0n)),
  );
  expect(worthOf({ ...tally, value: value!, squares: squares! })).toEqual({
    profiles: 3,
    mean: 1e12 + 2,
    variance: 1,
  });
});
