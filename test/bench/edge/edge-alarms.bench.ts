import { setTimeout as sleep } from "node:timers/promises";
import { figure, type Figures } from "../figures.ts";
import { bareSide, murmurSide, type AlarmSide, type Lags } from "./alarm-sides.ts";
import { withWorkerd, type RunningWorkerd } from "./with-workerd.ts";

const PROFILES = 10_000;
/** So many show how long it takes to make them all. */
const TRIAL = 500;
const MINUTE = 60_000;
/** After which workerd has no object in memory any more that nobody asks, ms. */
const COLD = 12_000;

interface Minute extends Lags {
  /** The processor's time for each of them, until all are out of memory again, ms. */
  processor: number;
}

/**
 * How late alarms store what time has changed, with 10,000 profiles due in the same minute; and before it, as a yardstick, the
 * same of bare objects, whose alarm inserts one row.
 */
export async function edgeAlarms(): Promise<Figures> {
  return withWorkerd(async (running) => {
    const bare = await minuteOf(running, bareSide(running.bare));
    const murmur = await minuteOf(running, murmurSide(running.murmur));
    const row = (what: string, { count, mean, at, processor }: Minute): string[] => [
      what,
      figure(count),
      figure(mean),
      `${figure(mean / bare.mean)}×`,
      ...[0.5, 0.99, 0.999].map(at),
      figure(processor),
      `${figure(processor / bare.processor)}×`,
    ];
    return {
      title: `Alarms: ${figure(PROFILES)} due in the same minute, none of them in memory`,
      columns: [
        "",
        "stored",
        "mean lag, ms",
        "÷ bare",
        "p50, ms",
        "p99, ms",
        "p99.9, ms",
        "processor, ms",
        "÷ bare",
      ],
      rows: [row("bare: one row", bare), row("a profile enters a segment", murmur)],
      notes: [
        "from the due instant until it was on disk; of profiles as /v1/admin/metrics has it: upper ends of its buckets",
        `where one takes longer than ${figure(MINUTE / PROFILES)} ms, disk and all, each waits for all before it`,
      ],
    };
  });
}

/** How late as many alarms are, spread over a minute. */
async function minuteOf(running: RunningWorkerd, side: AlarmSide): Promise<Minute> {
  const begun = Date.now();
  await side.fill(TRIAL, () => begun + 36e5);
  const begin = Date.now() + COLD + (2 * PROFILES * (Date.now() - begun)) / TRIAL;
  await side.fill(PROFILES, (at) => Math.floor(begin + (at * MINUTE) / PROFILES));
  if (Date.now() > begin - COLD)
    throw new Error("they were not made early enough to be cold when they are due");
  await sleep(begin - Date.now());
  const before = running.cpuTime();
  await sleep(begin + MINUTE + COLD - Date.now());
  const processor = (running.cpuTime() - before) / PROFILES;
  return { ...(await side.lags()), processor };
}
