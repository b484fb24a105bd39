import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Entry } from "@murmur/core";
import { parse } from "csv-parse/sync";
import { contributionsOf } from "../../worker/src/experiments/contribution.ts";
import { countingOf, type Experiment } from "../../worker/src/experiments/experiment.ts";
import { resultOf } from "../../worker/src/experiments/results.ts";
import { addTallies, emptyTally, tallyOf, type Tally } from "../../worker/src/experiments/tally.ts";
import type { Figures } from "./figures.ts";

interface Row {
  segment: string;
  visit: string;
  spend: string;
}

const variants = [
  { id: "No E-Mail", weight: 1 / 3 },
  { id: "Mens E-Mail", weight: 1 / 3 },
  { id: "Womens E-Mail", weight: 1 / 3 },
];
const EXPERIMENTS: Readonly<Record<string, Experiment>> = {
  visits: { variants, goal: { event: "Page Viewed" } },
  orders: { variants, goal: { event: "Order Completed", value: "total" } },
};

/** A published experiment through our own counting and statistics: 64,000 customers, three e-mail arms, divided at random. */
export function hillstrom(path?: string): Figures {
  const title = "Hillstrom's e-mail experiment (MineThatData, 2008) through counting and statistics";
  if (path === undefined)
    return {
      title,
      columns: ["no data given: npm run bench -- hillstrom=<file of the data set, .csv or .csv.gz>"],
      rows: [],
      notes: ["https://blog.minethatdata.com/2008/03/minethatdata-e-mail-analytics-and-data.html"],
    };
  const tallies = talliesOf(rowsIn(path));
  const rows = Object.entries(EXPERIMENTS).flatMap(([id, experiment]) => {
    const result = resultOf(
      id,
      experiment,
      tallies.filter((tally) => tally.experiment === id),
    );
    return result.variants.map((variant) => [
      `${id}: ${variant.id}`,
      String(variant.exposed),
      percent(variant.rate),
      variant.value ? (variant.value.perProfile ?? 0).toFixed(3) : "",
      variant.rateLift ? percent(variant.rateLift.lift) : "",
      variant.rateLift ? variant.rateLift.interval.map(percent).join(" … ") : "",
      percent(variant.probabilityBest),
      result.winner === variant.id ? "wins" : "",
    ]);
  });
  return {
    title,
    columns: ["goal: arm", "exposed", "rate", "value each", "lift", "95 % interval", "to be best", ""],
    rows,
    notes: ["published: 18.28 %, 15.14 % and 10.62 % visited"],
  };
}

function rowsIn(path: string): Row[] {
  const file = readFileSync(path);
  const text = path.endsWith(".gz") ? gunzipSync(file) : file;
  return parse(text, { columns: true });
}

/** Each customer as a profile with a log of its own. */
function talliesOf(rows: readonly Row[]): Tally[] {
  const counting = countingOf(EXPERIMENTS);
  const sums = new Map<string, Tally>();
  for (const row of rows)
    for (const contribution of contributionsOf(counting, logOf(row))) {
      const { experiment, variant } = contribution;
      const key = `${experiment} ${variant}`;
      sums.set(key, addTallies(sums.get(key) ?? emptyTally(experiment, variant), tallyOf(contribution)));
    }
  return [...sums.values()];
}

function logOf({ segment, visit, spend }: Row): Entry[] {
  const event = (at: number, name: string, properties: Record<string, string | number> = {}): Entry => ({
    type: "event",
    id: `${at}-${name}`,
    name,
    timestamp: at,
    properties,
  });
  return [
    ...Object.keys(EXPERIMENTS).map((experiment_id) =>
      event(1, `Experiment Viewed`, { experiment_id, variation_id: segment }),
    ),
    ...(visit === "1" ? [event(2, "Page Viewed")] : []),
    ...(Number(spend) > 0 ? [event(3, "Order Completed", { total: Number(spend) })] : []),
  ];
}

function percent(share: number | null): string {
  return share === null ? "–" : `${(share * 100).toFixed(2)}%`;
}
