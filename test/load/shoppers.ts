// `npm run load:shoppers -- [--shoppers <number>] [--at-once <number>] [--seed <number>]`: made-up shoppers' whole lives
// through the worker on plain workerd, as fast as it takes them, and every profile held against the engine alone.
import { compile, edgeDefinition, loadExplained } from "@murmur/core";
import { parseArgs } from "node:util";
import { percentile } from "../bench/figures.ts";
import { startKillableEdge } from "../kit/killable-edge.ts";
import { compareProfiles, type Comparison } from "./compare-profiles.ts";
import { eachOf } from "./each-of.ts";
import { expectedOf } from "./expected-of.ts";
import { makeCall } from "./make-call.ts";
import { planShopper, type Shopper, type ShopperCall } from "./plan-shopper.ts";
import { printProgress, type Progress } from "./print-progress.ts";
import { seededRandom, type SeededRandom } from "./seeded-random.ts";
import { measureStored, type StoredProfiles } from "./stored-profiles.ts";
import shop from "./shop.config.ts";

const DEFINITION = "test/load/shop.config.ts";
/** Calls that are made twice at once, as a browser does that did not see the answer. */
const REPEATED = 0.1;

export interface ShoppersOptions {
  shoppers: number;
  /** How many shoppers are at it at a time. */
  atOnce: number;
  /** Decides everything about them; the worker begins with nothing every time. */
  seed: number;
  progress?: Progress;
}

export interface ShoppersLoad {
  shoppers: number;
  devices: number;
  calls: number;
  events: number;
  /** What was not answered with 200, by status, as often as it was. */
  errors: Map<string, number>;
  seconds: number;
  /** Of one call, ms, in no order. */
  times: number[];
  comparison: Comparison;
  /** What the objects of those shoppers are on disk. */
  stored: StoredProfiles;
}

/** Lets shoppers live their lives, and compares what became of them. */
export async function loadShoppers({
  shoppers: count,
  atOnce,
  seed,
  progress,
}: ShoppersOptions): Promise<ShoppersLoad> {
  const now = Date.now();
  const shoppers = Array.from({ length: count }, (_, at) =>
    planShopper(`${seed}-${at}`, seededRandom(seed + at), now),
  );
  const edge = await startKillableEdge(DEFINITION);
  try {
    const log = { calls: 0, events: 0, errors: new Map<string, number>(), times: [] as number[] };
    const random = seededRandom(seed);
    const begun = performance.now();
    const live = async (shopper: Shopper): Promise<void> => {
      for (const call of shopper.calls) await make(edge.url, shopper, call, { log, random });
    };
    await eachOf(shoppers, atOnce, live, progress?.("shoppers", count));
    const seconds = (performance.now() - begun) / 1_000;
    const comparison = await compareProfiles(
      shoppers.map((shopper) => expectedOf(edge.url, shopper, shopper.calls)),
      {
        edge: edge.url,
        program: loadExplained(edgeDefinition(compile(shop).definition)),
        atOnce,
        timeMachine: false,
        progress,
      },
    );
    await edge.kill();
    const devices = shoppers.reduce((sum, shopper) => sum + shopper.devices.length, 0);
    return {
      shoppers: count,
      devices,
      ...log,
      seconds,
      comparison,
      stored: await measureStored(edge.objects),
    };
  } finally {
    await edge.close();
  }
}

type Log = Pick<ShoppersLoad, "calls" | "events" | "errors" | "times">;

async function make(
  edge: string,
  shopper: Shopper,
  call: ShopperCall,
  { log, random }: { log: Log; random: SeededRandom },
): Promise<void> {
  log.events += call.entries.length;
  await Promise.all(
    Array.from({ length: random.chance(REPEATED) ? 2 : 1 }, async () => {
      const begun = performance.now();
      const answer = await makeCall(edge, shopper, call);
      const { rejected = [] } = (await answer.json()) as { rejected?: object[] };
      log.calls++;
      log.times.push(performance.now() - begun);
      const error = answer.ok ? rejected.length > 0 && "rejected" : `${answer.status}`;
      if (error) log.errors.set(error, (log.errors.get(error) ?? 0) + 1);
    }),
  );
}

function report({ comparison, stored, ...load }: ShoppersLoad): string {
  const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 1 });
  const rows: [string, string][] = [
    ["shoppers", `${number(load.shoppers)} on ${number(load.devices)} devices`],
    ["calls", number(load.calls)],
    ["events", number(load.events)],
    ["seconds", number(load.seconds)],
    ["calls a second", number(load.calls / load.seconds)],
    ["events a second", number(load.events / load.seconds)],
    ["p50, p99 of a call, ms", [0.5, 0.99].map((share) => number(percentile(load.times, share))).join(", ")],
    ["errors", [...load.errors].map(([error, times]) => `${error}: ${times}`).join(", ") || "0"],
    ["profiles on disk", number(stored.profiles)],
    ["  KB each, mean", number(stored.bytes / 1_024)],
    ["  entries each, mean", number(stored.entries)],
    ["  transitions each, mean", number(stored.transitions)],
    ["devices that have joined", number(stored.joined)],
    ["  KB each, mean", number(stored.joinedBytes / 1_024)],
    ...[...comparison.members].sort().map(([id, count]): [string, string] => [`  in ${id}`, number(count)]),
    ["mismatches", number(comparison.mismatches.length)],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  return [...lines, ...comparison.mismatches.slice(0, 10).map((one) => JSON.stringify(one))].join("\n");
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { shoppers: { type: "string" }, "at-once": { type: "string" }, seed: { type: "string" } },
  });
  const load = await loadShoppers({
    shoppers: Number(values.shoppers ?? 500),
    atOnce: Number(values["at-once"] ?? 16),
    seed: Number(values.seed ?? 1),
    progress: printProgress,
  });
  console.log(report(load));
  return load.comparison.mismatches.length + load.errors.size > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main();
