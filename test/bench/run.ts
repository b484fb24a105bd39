// `npm run bench [-- <name>…]`: what the engine, the tag and the edge cost on this machine. It measures; it judges nothing.
import { cpus } from "node:os";
import { bundleBytes } from "./bundle-bytes.bench.ts";
import { cliBacktest } from "./cli-backtest.bench.ts";
import { cliCheck } from "./cli-check.bench.ts";
import { edgeAlarms } from "./edge/edge-alarms.bench.ts";
import { edgeRest } from "./edge/edge-rest.bench.ts";
import { edgeSpeed } from "./edge/edge-speed.bench.ts";
import { eventCost } from "./event-cost.bench.ts";
import type { Figures } from "./figures.ts";
import { mixedCost } from "./mixed-cost.bench.ts";
import { operatorCost } from "./operator-cost.bench.ts";
import { longLog } from "./page/long-log.bench.ts";
import { pageCost } from "./page/page-cost.bench.ts";
import { quietMonth } from "./quiet-month.bench.ts";
import { slots } from "./slots.bench.ts";
import { snapshots } from "./snapshots.bench.ts";

const BENCHES: Readonly<Record<string, () => Figures | Promise<Figures>>> = {
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
  "cli-check": cliCheck,
  "cli-backtest": cliBacktest,
  "page-cost": pageCost,
  "long-log": longLog,
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

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0)
  throw new Error(`no ${unknown.join(", ")}: there are ${Object.keys(BENCHES).join(", ")}`);

console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}`);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 || wanted.includes(name)) console.log(table(await bench()));
}
