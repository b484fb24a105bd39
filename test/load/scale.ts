// `npm run scale [-- --active <share>]`: what so many profiles cost a month on Cloudflare, from measured figures of one
// profile (scale-figures.ts) and published prices: the tables of docs/scale.md.
import { parseArgs } from "node:util";
import { AUDIENCE_BYTES, PROFILE, ROWS } from "./scale-figures.ts";

/** A kind of use: what a month includes, and what each unit beyond costs, US dollars. */
interface Price {
  included: number;
  perUnit: number;
}

/**
 * Of the Workers Paid plan, as of November 2026: https://developers.cloudflare.com/durable-objects/platform/pricing/,
 * https://developers.cloudflare.com/workers/platform/pricing/, https://developers.cloudflare.com/queues/platform/pricing/
 */
const PRICES = {
  "Worker requests": { included: 10e6, perUnit: 0.3e-6 },
  "Worker CPU, ms": { included: 30e6, perUnit: 0.02e-6 },
  "Durable Object requests": { included: 1e6, perUnit: 0.15e-6 },
  "Durable Object duration, GB-s": { included: 400e3, perUnit: 12.5e-6 },
  "rows read": { included: 25e9, perUnit: 0.001e-6 },
  "rows written": { included: 50e6, perUnit: 1e-6 },
  "stored, GB-month": { included: 5, perUnit: 0.2 },
  "queue operations": { included: 1e6, perUnit: 0.4e-6 },
} as const satisfies Record<string, Price>;

type Use = Record<keyof typeof PRICES, number>;

/** Dollars a month, whatever is used. */
const PLAN = 5;
/** Memory that an active object is billed for, GB. */
const MEMORY = 0.128;
/** Of the worker itself for a call: it checks and passes on. Not measured: an assumption, ms. */
const WORKER_CPU_MS = 3;
/** To write, read and delete a message. */
const OPERATIONS_OF_WEBHOOK = 3;
/** A shard's bytes, and what of it this is: https://developers.cloudflare.com/durable-objects/platform/limits/ */
const SHARDS = 64;
const SHARD_LIMIT = 10e9;

const SIZES = [1e6, 100e6, 1e9] as const;

/** What so many profiles use in a month of which `active`, a share, come to the shop at all. */
export function useOf(profiles: number, active: number): Use {
  const { calls, events, transitions } = PROFILE;
  // Each change may be one of time's, which wakes the profile, and each is told to an audience shard; the queue's consumer
  // asks the profile for the webhook, and says that it was delivered.
  const objectRequests = calls + 4 * transitions;
  const rows = (what: "read" | "written"): number =>
    calls * ROWS.ofCall[what] +
    events * ROWS.ofEvent[what] +
    transitions * (ROWS.ofAlarm[what] + ROWS.ofAudience[what]);
  const stored = PROFILE.bytes + PROFILE.devicesJoined * PROFILE.bytesOfJoinedDevice + AUDIENCE_BYTES;
  const visiting = profiles * active;
  return {
    "Worker requests": visiting * calls,
    "Worker CPU, ms": visiting * calls * WORKER_CPU_MS,
    "Durable Object requests": visiting * objectRequests,
    "Durable Object duration, GB-s": (visiting * objectRequests * PROFILE.activeMs * MEMORY) / 1_000,
    "rows read": visiting * rows("read"),
    "rows written": visiting * rows("written"),
    "stored, GB-month": (profiles * stored) / 1e9,
    "queue operations": visiting * transitions * OPERATIONS_OF_WEBHOOK,
  };
}

/** Dollars a month for each kind of use. */
export function costOf(use: Use): Use {
  const cost = ([kind, used]: [string, number]): [string, number] => {
    const { included, perUnit } = PRICES[kind as keyof Use];
    return [kind, Math.max(0, used - included) * perUnit];
  };
  return Object.fromEntries(Object.entries(use).map(cost)) as Use;
}

/** The tables of docs/scale.md, in Markdown. */
export function scaleTables(active: number): string {
  const uses = SIZES.map((profiles) => useOf(profiles, active));
  const costs = uses.map(costOf);
  const kinds = Object.keys(PRICES) as (keyof Use)[];
  const totals = costs.map((cost) => PLAN + Object.values(cost).reduce((sum, one) => sum + one, 0));
  const head = SIZES.map((profiles) => `${number(profiles)} profiles`);
  const shards = SIZES.map((profiles) => (profiles * AUDIENCE_BYTES) / SHARDS / SHARD_LIMIT);
  return [
    table("a month", head, [
      ...kinds.map((kind) => [kind, ...uses.map((use) => number(use[kind]))]),
      ["alarms", ...SIZES.map((profiles) => number(profiles * active * PROFILE.transitions))],
      [
        "calls a second, mean",
        ...SIZES.map((profiles) => number((profiles * active * PROFILE.calls) / (30 * 86_400))),
      ],
      ["an audience shard, of its limit", ...shards.map((share) => `${number(100 * share)} %`)],
    ]),
    table("US dollars a month", head, [
      ...kinds.map((kind) => [kind, ...costs.map((cost) => number(cost[kind]))]),
      ["the plan", ...SIZES.map(() => number(PLAN))],
      ["all", ...totals.map(number)],
      ["a thousand profiles", ...totals.map((total, at) => ((1_000 * total) / SIZES[at]!).toFixed(3))],
    ]),
  ].join("\n\n");
}

function table(what: string, head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line([what, ...head]), line(["---", ...head.map(() => "---:")]), ...rows.map(line)].join("\n");
}

/** Three digits: no more is known. */
function number(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 2 });
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { active: { type: "string" } } });
  console.log(scaleTables(Number(values.active ?? 0.3)));
}
