import type { EventEntry } from "@murmur/core";
import { setTimeout as sleep } from "node:timers/promises";
import { figure, type Figures } from "../figures.ts";
import { HttpCaller } from "./http-caller.ts";
import { SyncingDevice, viewed } from "./syncing-device.ts";
import { ADMIN_TOKEN, withWorkerd } from "./with-workerd.ts";

const PROFILES = 10_000;
const AT_ONCE = 32;
/** So many show how long it takes to make them all. */
const TRIAL = 500;
const MINUTE = 60_000;
/** For the last of them, ms. */
const GRACE = 5_000;
/** A cart counts as abandoned after it, by the example's definition, ms. */
const ABANDONED_AFTER = 2 * 36e5;

/** How late alarms store what time has changed, with 10,000 profiles due in the same minute. */
export async function edgeAlarms(): Promise<Figures> {
  return withWorkerd(async ({ murmur }) => {
    const trial = Date.now();
    await fillCarts(murmur, TRIAL, () => Date.now() + ABANDONED_AFTER);
    const begin = Date.now() + (1.5 * PROFILES * (Date.now() - trial)) / TRIAL;
    await fillCarts(murmur, PROFILES, (at) => begin + Math.floor((at * MINUTE) / PROFILES));
    if (Date.now() > begin) throw new Error("the profiles were not made before they were due");
    await sleep(begin + MINUTE + GRACE - Date.now());
    const lags = await readLags(murmur);
    const { count } = lags;
    const at = (share: number): string => `≤ ${figure(1_000 * boundOf(lags, share))}`;
    return {
      title: `Alarms: ${figure(PROFILES)} profiles due in the same minute`,
      columns: ["transitions stored", "mean lag, ms", "p50, ms", "p99, ms", "p99.9, ms"],
      rows: [[figure(count), figure((1_000 * lags.sum) / count), at(0.5), at(0.99), at(0.999)]],
      notes: [
        "from the due instant until the transition was stored, as /v1/admin/metrics has it: upper ends of its buckets",
      ],
    };
  });
}

/** One profile after the other puts something into its cart; nobody has touched it when `due` comes, ms. */
async function fillCarts(murmur: string, count: number, due: (at: number) => number): Promise<void> {
  const caller = new HttpCaller(murmur, AT_ONCE);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const added: EventEntry = { ...viewed(due(next++) - ABANDONED_AFTER), name: "Product Added" };
      await new SyncingDevice().sync(caller, [added]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  caller.close();
}

interface Lags {
  /** [upper end in s, how many up to it], ascending. */
  buckets: [number, number][];
  /** s */
  sum: number;
  count: number;
}

async function readLags(murmur: string): Promise<Lags> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const text = await (await fetch(`${murmur}/v1/admin/metrics`, { headers })).text();
  const buckets = text.matchAll(/^murmur_alarm_lag_seconds_bucket\{le="(.+)"\} (\d+)$/gm);
  const value = (name: string): number =>
    Number(new RegExp(`^murmur_alarm_lag_seconds_${name} (.+)$`, "m").exec(text)?.[1]);
  return {
    buckets: Array.from(buckets, ([, bound, count]) => [
      bound === "+Inf" ? Infinity : Number(bound),
      Number(count),
    ]),
    sum: value("sum"),
    count: value("count"),
  };
}

/** The upper end of the bucket that holds a share of them, s. */
function boundOf({ buckets, count }: Lags, share: number): number {
  return buckets.find(([, below]) => below >= share * count)?.[0] ?? Infinity;
}
