import type { EventEntry } from "@murmur/core";
import { figure, percentile } from "../figures.ts";
import { HttpCaller } from "./http-caller.ts";
import { SyncingDevice, viewed } from "./syncing-device.ts";
import { ADMIN_TOKEN } from "./with-workerd.ts";

/** A cart counts as abandoned after it, by the example's definition, ms. */
const ABANDONED_AFTER = 2 * 36e5;
const AT_ONCE = 32;

/** How late alarms have stored what was due. */
export interface Lags {
  count: number;
  /** ms */
  mean: number;
  /** What a share of them does not exceed, ms, as text. */
  at: (share: number) => string;
}

/** Of the two workers side by side: makes objects with an alarm each, and tells how late those were. */
export interface AlarmSide {
  /** So many new objects, of which nobody touches any before its alarm rings at `due`, ms. */
  fill(count: number, due: (at: number) => number): Promise<void>;
  /** Since the last look. */
  lags(): Promise<Lags>;
}

/** An object that inserts one row when its alarm rings. */
export function bareSide(url: string): AlarmSide {
  let made = 0;
  return {
    async fill(count, due) {
      const caller = new HttpCaller(url, AT_ONCE);
      const body = JSON.stringify(viewed());
      await eachOf(count, (at) => caller.post(`/alarm-${made++}?due=${due(at)}`, body));
      caller.close();
    },
    async lags() {
      const lags = (await (await fetch(`${url}/lags`)).json()) as number[];
      const mean = lags.reduce((sum, lag) => sum + lag, 0) / lags.length;
      return { count: lags.length, mean, at: (share) => figure(percentile(lags, share)) };
    },
  };
}

/** A profile whose cart then counts as abandoned. */
export function murmurSide(url: string): AlarmSide {
  let before: Histogram = { buckets: new Map(), sum: 0, count: 0 };
  return {
    async fill(count, due) {
      const caller = new HttpCaller(url, AT_ONCE);
      await eachOf(count, async (at) => {
        const added: EventEntry = { ...viewed(due(at) - ABANDONED_AFTER), name: "Product Added" };
        await new SyncingDevice().sync(caller, [added]);
      });
      caller.close();
    },
    async lags() {
      const [past, now] = [before, await readHistogram(url)];
      before = now;
      const count = now.count - past.count;
      const upTo = (share: number): number =>
        [...now.buckets].find(
          ([bound, below]) => below - (past.buckets.get(bound) ?? 0) >= share * count,
        )?.[0] ?? Infinity;
      return {
        count,
        mean: (1_000 * (now.sum - past.sum)) / count,
        at: (share) => `≤ ${figure(1_000 * upTo(share))}`,
      };
    },
  };
}

interface Histogram {
  /** How many by the upper end, s, ascending. */
  buckets: Map<number, number>;
  /** s */
  sum: number;
  count: number;
}

async function readHistogram(url: string): Promise<Histogram> {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const text = await (await fetch(`${url}/v1/admin/metrics`, { headers })).text();
  const buckets = text.matchAll(/^murmur_alarm_lag_seconds_bucket\{le="(.+)"\} (\d+)$/gm);
  const value = (name: string): number =>
    Number(new RegExp(`^murmur_alarm_lag_seconds_${name} (.+)$`, "m").exec(text)?.[1] ?? 0);
  return {
    buckets: new Map(
      Array.from(buckets, ([, bound, count]) => [bound === "+Inf" ? Infinity : Number(bound), Number(count)]),
    ),
    sum: value("sum"),
    count: value("count"),
  };
}

async function eachOf(count: number, work: (at: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
