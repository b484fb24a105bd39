// `npm run bench [-- <name>[=<path>]…]`: what the engine, the tag and the edge cost on this machine. It measures; it judges nothing.
import { cpus } from "node:os";
import { bandit } from "./bandit.bench.ts";
import { bundleBytes } from "./bundle-bytes.bench.ts";
import { cliBacktest } from "./cli-backtest.bench.ts";
import { cliCheck } from "./cli-check.bench.ts";
import { edgeAlarms } from "./edge/edge-alarms.bench.ts";
import { edgeRest } from "./edge/edge-rest.bench.ts";
import { edgeRewrite } from "./edge/edge-rewrite.bench.ts";
import { edgeSpeed } from "./edge/edge-speed.bench.ts";
import { eventCost } from "./event-cost.bench.ts";
import type { Figures } from "./figures.ts";
import { hillstrom } from "./hillstrom.bench.ts";
import { mixedCost } from "./mixed-cost.bench.ts";
import { operatorCost } from "./operator-cost.bench.ts";
import { longLog } from "./page/long-log.bench.ts";
import { pageCost } from "./page/page-cost.bench.ts";
import { quietMonth } from "./quiet-month.bench.ts";
import { slots } from "./slots.bench.ts";
import { snapshots } from "./snapshots.bench.ts";

const BENCHES: Readonly<Record<string, (path?: string) => Figures | Promise<Figures>>> = {
  "event-cost": eventCost,
  "mixed-cost": mixedCost,
  "operator-cost": operatorCost,
  "quiet-month": quietMonth,
  slots,
  snapshots,
  "bundle-bytes": bundleBytes,
  "edge-speed": edgeSpeed,
  "edge-rest": edgeRest,
  "edge-alarms": edgeAlarms,
  "edge-rewrite": edgeRewrite,
  "cli-check": cliCheck,
  "cli-backtest": cliBacktest,
  "page-cost": pageCost,
  "long-log": longLog,
  bandit,
  hillstrom,
};

function table({ title, columns, rows, notes }: Figures): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  "),
  );
  return ["", title, ...lines.map((line) => `  ${line}`), ...notes.map((note) => `  (${note})`)].join("\n");
}

/** By name, or as `name=path` where it takes data from a file. */
const wanted = process.argv.slice(2).map((argument) => argument.split("=", 2) as [string, string?]);
const unknown = wanted.map(([name]) => name).filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0)
  throw new Error(`no ${unknown.join(", ")}: there are ${Object.keys(BENCHES).join(", ")}`);

console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}`);
for (const [name, bench] of Object.entries(BENCHES)) {
  const asked = wanted.find(([each]) => each === name);
  if (wanted.length === 0 || asked) console.log(table(await bench(asked?.[1])));
}
