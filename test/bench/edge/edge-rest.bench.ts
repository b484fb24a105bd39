import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { figure, percentile, type Figures } from "../figures.ts";
import { HttpCaller } from "./http-caller.ts";
import { SyncingDevice, viewed } from "./syncing-device.ts";
import { withWorkerd, type RunningWorkerd } from "./with-workerd.ts";

const EVENTS = 1_000;
/** As many as fit into a call. */
const BATCH = 200;
/** Of a device, at once: what it may send is counted in memory, and begins anew with a restart. */
const BURST = 600;
const PROFILES = 120;
/** Of those, how many only warm up the code after a start. */
const WARM_UP = 40;
const DAY = 864e5;

/** What a profile with 1,000 events takes while it rests, and what it takes to wake it. */
export async function edgeRest(): Promise<Figures> {
  return withWorkerd(async (running) => {
    const devices = Array.from({ length: PROFILES }, () => new SyncingDevice());
    await fill(running, devices, [0, BURST]);
    await fill(await running.restart(), devices, [BURST, EVENTS]);
    const woken = await wake(await running.restart(), devices);
    const bytes = await sizes(join(running.objects, "Profile"));
    const [bare, sync] = [woken.map(({ bare }) => bare), woken.map(({ sync }) => sync)];
    const ratio = (share: number): string => `${figure(percentile(sync, share) / percentile(bare, share))}×`;
    const row = (what: string, times: number[]): string[] => [
      what,
      ...[0.5, 0.9].map((share) => figure(percentile(times, share))),
    ];
    return {
      title: `A profile with ${figure(EVENTS)} events, at rest and woken from cold`,
      columns: ["first request after a start", "p50, ms", "p90, ms"],
      rows: [
        row("bare: one row", bare),
        row("POST /v1/sync, 1 event, 1 slot", sync),
        ["÷ bare", ratio(0.5), ratio(0.9)],
      ],
      notes: [
        `on disk: ${figure(percentile(bytes, 0.5) / 1_024)} KB, at most ${figure(Math.max(...bytes) / 1_024)} KB`,
        `one request after the other, bare and profile by turns, after ${WARM_UP} of each for the code`,
      ],
    };
  });
}

async function fill(
  { murmur, bare }: RunningWorkerd,
  devices: readonly SyncingDevice[],
  [begin, end]: readonly [number, number],
): Promise<void> {
  const callers = [new HttpCaller(murmur, 1), new HttpCaller(bare, 1)] as const;
  for (const [at, device] of devices.entries()) {
    if (begin === 0) await callers[1].post(`/${at}`, JSON.stringify(viewed()));
    for (let from = begin; from < end; from += BATCH) {
      const events = Array.from({ length: BATCH }, (_, at) => viewed(spread(from + at)));
      await device.sync(callers[0], events);
    }
  }
  for (const caller of callers) caller.close();
}

/** Over two weeks until now, ms. */
function spread(at: number): number {
  return Date.now() - Math.floor(14 * DAY * (1 - (at + 1) / EVENTS));
}

async function wake(
  { murmur, bare }: RunningWorkerd,
  devices: readonly SyncingDevice[],
): Promise<{ bare: number; sync: number }[]> {
  const callers = [new HttpCaller(murmur, 1), new HttpCaller(bare, 1)] as const;
  const woken: { bare: number; sync: number }[] = [];
  for (const [at, device] of devices.entries()) {
    const { time } = await callers[1].post(`/${at}`, JSON.stringify(viewed()));
    woken.push({ bare: time, sync: (await device.sync(callers[0], [viewed()], ["hero"])).time });
  }
  for (const caller of callers) caller.close();
  return woken.slice(WARM_UP);
}

/** What the databases in a folder hold, bytes, with what their logs will have brought. */
async function sizes(folder: string): Promise<number[]> {
  const files = (await readdir(folder)).filter(
    (name) => name.endsWith(".sqlite") && name !== "metadata.sqlite",
  );
  return Promise.all(
    files.map(async (name) => {
      const database = new DatabaseSync(join(folder, name));
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      database.close();
      return (await stat(join(folder, name))).size;
    }),
  );
}
