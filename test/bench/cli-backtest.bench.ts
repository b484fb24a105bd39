import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareRetail } from "../../packages/cli/test/kit/compare-retail.ts";
import { duckRetail } from "../../packages/cli/test/kit/duck-retail.ts";
import { usualDefinition } from "../../packages/cli/test/kit/usual-definition.ts";
import { cliProcess, type CliRun } from "./cli-process.ts";
import { figure, median, type Figures } from "./figures.ts";

const AS_OF = Date.UTC(2011, 11, 10);
const ROUNDS = 3;

const JOBS: Readonly<Record<string, readonly string[]>> = {
  "orders of customers": [],
  "orders of customers and guests": ["--guests"],
  "each line an event of its own": [
    "--format=csv",
    "--map=profile=CustomerID",
    "--map=timestamp=InvoiceDate",
    "--map=name=Order Completed",
    "--map=properties.total=UnitPrice",
  ],
};

/** A year of a real shop through four presets at once, from gzipped CSV to figures, and the same question in SQL. */
export async function cliBacktest(): Promise<Figures> {
  const file = join(process.env["MURMUR_DATA"] ?? "", "online_retail/online_retail.csv.gz");
  const title =
    "The command line: Online Retail (541,909 lines) through lifecycle, rfm, cartAbandonment and churnRisk";
  const columns = ["job", "s", "s of CPU", "rows/s of CPU", "events", "events/s of CPU", "MB at most"];
  if (!existsSync(file)) {
    const missing =
      "not run: set MURMUR_DATA to the folder that has online_retail/online_retail.csv.gz (UCI 352)";
    return { title, columns, rows: [], notes: [missing] };
  }
  const folder = await mkdtemp(join(tmpdir(), "murmur-bench-"));
  try {
    await writeFile(join(folder, "usual.json"), JSON.stringify(usualDefinition));
    const args = ["backtest", "usual.json", file, "--as-of", "2011-12-10", "--no-report", "--json"];
    const rows = Object.entries(JOBS).map(([job, flags]) => {
      const runs = Array.from({ length: ROUNDS }, () => cliProcess([...args, ...flags], folder));
      return rowOf(job, runs);
    });
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      seconds.push((await duckRetail(file, AS_OF, { threads: 1 })).seconds);
    rows.push(["DuckDB, one thread: RFM, stages by day", figure(median(seconds)), "", "", "", "", ""]);
    const { customers, days, differences } = await compareRetail(file, AS_OF);
    return {
      title,
      columns,
      rows,
      notes: [
        `${figure(customers)} customers' RFM and stage, 25 squares and ${days} days: ${differences.length} rows differ from SQL's`,
        "whole processes, from nothing, the rules' costs included (0.15 s); CPU is of all threads together, so rows/s of CPU is what one core does",
        "a row is a line of the file; an event is what the engine is given: an order of many lines, or in the last job each line",
        "SQL says less: scores and stages at the end and the stages' sizes by day, without entries, stays, conversion and overlap",
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowOf(job: string, runs: readonly CliRun[]): string[] {
  const { input } = JSON.parse(runs[0]!.out) as { input: { rows: number; entries: number } };
  const cpu = median(runs.map((run) => run.cpu));
  return [
    job,
    figure(median(runs.map((run) => run.seconds))),
    figure(cpu),
    figure(input.rows / cpu),
    figure(input.entries),
    figure(input.entries / cpu),
    figure(Math.max(...runs.map((run) => run.memory)) / 1e6),
  ];
}
