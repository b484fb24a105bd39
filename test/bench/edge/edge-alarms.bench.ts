import { setTimeout as sleep } from "node:timers/promises";
import { figure, type Figures } from "../figures.ts";
import { bareSide, murmurSide, type AlarmSide, type Lags } from "./alarm-sides.ts";
import { withWorkerd } from "./with-workerd.ts";

const PROFILES = 10_000;
/** So many are due at one instant, this often. */
const BURST = 1_000;
const BURSTS = 3;
const MINUTE = 60_000;
/** For the last of them, ms. */
const GRACE = 10_000;
/** After which workerd has no object in memory any more that nobody asks, ms. */
const COLD = 12_000;

/**
 * How late alarms store what time has changed: with 10,000 profiles due in the same minute, and, for what one alarm costs, with
 * all of some due at one instant. Bare objects, whose alarm inserts one row, by turns with profiles.
 */
export async function edgeAlarms(): Promise<Figures> {
  return withWorkerd(async (running) => {
    const [bare, murmur] = [bareSide(running.bare), murmurSide(running.murmur)];
    const costs: [bare: number, murmur: number][] = [];
    for (let time = 0; time < BURSTS; time++)
      costs.push([await costOfBurst(bare), await costOfBurst(murmur)]);
    const [bareCost, murmurCost] = [0, 1].map((side) => costs.map((pair) => pair[side]!));
    const [bareLags, murmurLags] = [await lagsOfMinute(bare), await lagsOfMinute(murmur)];
    const row = (what: string, { count, mean, at }: Lags, cost: readonly number[]): string[] => {
      const best = Math.min(...cost);
      const times = [mean, ...[0.5, 0.99, 0.999].map(at)].map((value) =>
        typeof value === "number" ? figure(value) : value,
      );
      return [what, figure(count), ...times, figure(best), `${figure(best / Math.min(...bareCost!))}×`];
    };
    return {
      title: `Alarms: ${figure(PROFILES)} due in the same minute, none of them in memory`,
      columns: ["", "stored", "mean lag, ms", "p50", "p99", "p99.9", "ms an alarm", "÷ bare"],
      rows: [
        row("bare: one row", bareLags, bareCost!),
        row("a profile enters a segment", murmurLags, murmurCost!),
      ],
      notes: [
        "from the due instant until it was on disk; of profiles as /v1/admin/metrics has it: upper ends of its buckets",
        `ms an alarm: the best of ${BURSTS} times ${figure(BURST)} that are due at one instant; a minute of ${figure(PROFILES)} leaves ${figure(MINUTE / PROFILES)} for each`,
        `all of them: bare ${bareCost!.map(figure).join(", ")}; profiles ${murmurCost!.map(figure).join(", ")}`,
      ],
    };
  });
}

/** What one alarm takes where many wait their turn, ms. */
async function costOfBurst(side: AlarmSide): Promise<number> {
  const { count, mean } = await lagsOf(side, BURST, 0);
  // From the first, which waits for nobody, to the last, which waits for all.
  return (2 * mean) / count;
}

function lagsOfMinute(side: AlarmSide): Promise<Lags> {
  return lagsOf(side, PROFILES, MINUTE);
}

/** How late so many are that come due over a span of time, ms. */
async function lagsOf(side: AlarmSide, count: number, span: number): Promise<Lags> {
  const trial = Math.ceil(count / 20);
  const begun = Date.now();
  await side.fill(trial, () => begun + 36e5);
  const begin = Date.now() + COLD + (2 * count * (Date.now() - begun)) / trial;
  await side.fill(count, (at) => Math.floor(begin + (at * span) / count));
  if (Date.now() > begin - COLD)
    throw new Error("they were not made early enough to be cold when they are due");
  await sleep(begin + span + GRACE - Date.now());
  return side.lags();
}
