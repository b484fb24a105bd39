// `npm run load -- <file.csv|file.csv.gz> [--url <worker>] [--seed <number>]`: real shoppers' events through the running
// worker, late and repeated as networks have it, and every profile held against the engine alone.
import {
  compile,
  deviceDefinition,
  edgeDefinition,
  manifestOf,
  loadExplained,
  type EventEntry,
} from "@murmur/core";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { compareProfiles, type Comparison, type Expected } from "./compare-profiles.ts";
import { planDeliveries, type DeliveryPlan, type DeviceLog } from "./plan-deliveries.ts";
import { printProgress, type Progress } from "./print-progress.ts";
import { readRees46, type Person } from "./read-rees46.ts";
import rees46 from "./rees46.config.ts";
import { replayReport } from "./replay-report.ts";
import { seededRandom } from "./seeded-random.ts";
import { sendDeliveries, type Sent } from "./send-deliveries.ts";
import { TagDevice } from "./tag-device.ts";
import { withTemporaryEdge } from "./with-temporary-edge.ts";

const DEFINITION = "test/load/rees46.config.ts";
/** How long before the present the last event lies, ms. */
const LEAD = 5_000;
const AT_ONCE = 16;

export interface ReplayOptions {
  /** CSV of the REES46 shop data, plain or gzipped. */
  file: string;
  /** A worker that runs already, with the definition beside this file; without one, it is started and ended here. */
  url?: string | undefined;
  /** Decides what is late and repeated, and names the devices: over a worker that keeps its data, take another one. */
  seed?: number | undefined;
  progress?: Progress;
}

export interface Replay {
  /** Rows of the file, and how many of them differ. */
  events: number;
  distinct: number;
  people: number;
  plan: Omit<DeliveryPlan, "deliveries">;
  sent: Sent;
  retried: number;
  seconds: number;
  comparison: Comparison;
}

/** Sends a file of events as the shoppers' devices would, and compares what became of it. */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const people = await readRees46(options.file);
  if (options.url !== undefined) return replayTo(options.url, people, false, options);
  return withTemporaryEdge((own) => replayTo(own, people, true, options), DEFINITION);
}

async function replayTo(
  edge: string,
  people: readonly Person[],
  timeMachine: boolean,
  { seed = 1, progress }: ReplayOptions,
): Promise<Replay> {
  const { definition } = compile(rees46);
  await checkManifest(edge, manifestOf(deviceDefinition(definition)).hash);
  const logs = rebased(people, seed);
  const { deliveries, ...plan } = planDeliveries(logs, seededRandom(seed));
  const devices = new Map(logs.map(({ device }) => [device, new TagDevice(edge, device)]));
  const start = performance.now();
  const sent = await sendDeliveries(deliveries, devices, AT_ONCE, progress);
  const seconds = (performance.now() - start) / 1_000;

  const expected = logs.map(({ device, visits }, at): Expected => {
    const entries = new Map(visits.map(({ entry }) => [entry.id, entry]));
    return { user: people[at]!.user, device: devices.get(device)!, entries: [...entries.values()] };
  });
  const program = loadExplained(edgeDefinition(definition));
  const comparison = await compareProfiles(expected, {
    edge,
    program,
    atOnce: AT_ONCE,
    timeMachine,
    progress,
  });
  return {
    events: logs.reduce((sum, { visits }) => sum + visits.length, 0),
    distinct: expected.reduce((sum, { entries }) => sum + entries.length, 0),
    people: people.length,
    plan,
    sent,
    retried: [...devices.values()].reduce((sum, device) => sum + device.retried, 0),
    seconds,
    comparison,
  };
}

/** Answers could not be compared under another definition. */
async function checkManifest(edge: string, wanted: string): Promise<void> {
  const { hash } = (await (await fetch(`${edge}/v1/manifest`)).json()) as { hash: string };
  if (hash !== wanted)
    throw new Error(
      `${edge} runs another definition: point murmur.config in its wrangler.toml to ${DEFINITION}`,
    );
}

/** Everybody's log, moved by one constant so that the last event of all lies shortly before the present. */
function rebased(people: readonly Person[], seed: number): DeviceLog[] {
  let last = -Infinity;
  for (const { visits } of people) for (const { entry } of visits) last = Math.max(last, entry.timestamp);
  const shift = Date.now() - LEAD - last;
  return people.map(({ user, visits }) => {
    const device = createHash("sha256").update(`${seed} ${user}`).digest("hex").slice(0, 32);
    return { device, visits: visits.map(({ session, entry }) => ({ session, entry: moved(entry, shift) })) };
  });
}

function moved(entry: EventEntry, shift: number): EventEntry {
  return { ...entry, timestamp: entry.timestamp + shift };
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { url: { type: "string" }, seed: { type: "string" } },
  });
  const [file] = positionals;
  if (file === undefined || !existsSync(file)) {
    console.error(
      `${file === undefined ? "Name a file" : `There is no ${file}`}: get one (2019-Oct.csv.gz) from https://rees46.com/en/datasets, or take test/load/sample.csv`,
    );
    return 2;
  }
  const seed = values.seed === undefined ? undefined : Number(values.seed);
  const result = await replay({ file, url: values.url, seed, progress: printProgress });
  console.log(replayReport(result));
  return result.comparison.mismatches.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main();
