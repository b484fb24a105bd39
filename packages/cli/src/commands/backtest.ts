import { compile, parseDuration, readsOf } from "@murmur/core";
import { writeFile } from "node:fs/promises";
import { usableDefinition } from "../definition/usable-definition.ts";
import { htmlReport } from "../report/html-report.ts";
import { backtest as run, type BacktestResult } from "../run/backtest.ts";
import { EventNames } from "../run/event-names.ts";
import { MembersFile } from "../run/members-file.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { count, instantText, lengthOf, percent, several } from "../terminal/words.ts";
import { codeOf, inputOptions, NOBODY, sayInput, type InputFlags } from "./input-options.ts";
import { outputFile } from "../terminal/output-file.ts";

export interface BacktestFlags extends InputFlags {
  /** Where the report goes. */
  report?: string | false;
  /** Where the same figures go as JSON. */
  figures?: string;
  /** Where everybody goes, a line each, with what they are in at the end. */
  members?: string;
  conversion?: string;
  horizon?: string;
  stages?: string;
  title?: string;
}

/** `murmur backtest <definition> <events…>` */
export async function backtest(
  terminal: Terminal,
  file: string,
  files: readonly string[],
  flags: BacktestFlags,
): Promise<ExitCode> {
  const definition = await usableDefinition(terminal, file);
  const stages = flags.stages?.split(",").map((id) => id.trim());
  const unknown = stages?.filter((id) => !Object.hasOwn(definition.segments, id)) ?? [];
  if (unknown.length > 0)
    throw new UsageError(`--stages: the definition has no segment ${unknown.join(", ")}`);
  if (flags.horizon !== undefined && !parseDuration(flags.horizon))
    throw new UsageError(`--horizon ${flags.horizon} is no duration above nothing: write 30d`);
  const { cwd } = terminal.around;
  const output = (name: string): string => outputFile(cwd, name, [file, ...files]);
  const report = flags.report === false ? undefined : output(flags.report ?? "murmur-backtest.html");
  const figures = flags.figures === undefined ? undefined : output(flags.figures);
  const { options, asOf, progress } = await inputOptions(terminal, files, flags);
  const names = new EventNames();
  let result: BacktestResult;
  try {
    const { conversion, horizon } = flags;
    const members =
      flags.members === undefined
        ? undefined
        : new MembersFile(output(flags.members), Object.keys(definition.measures ?? {}));
    const watchers = members ? [names, members] : [names];
    result = await run({ ...options, definition, asOf, conversion, horizon, stages, watchers });
    members?.flush();
  } finally {
    progress.end();
  }
  if (figures !== undefined) await writeFile(figures, `${JSON.stringify(result, null, 1)}\n`);
  if (report !== undefined) await writeFile(report, await htmlReport(result, flags.title ?? "Backtest"));
  if (terminal.json) terminal.answer(result);
  else say(terminal, result, report);
  for (const note of names.missed([...readsOf(compile(definition)).events.keys()])) terminal.note(note);
  return codeOf(result.input);
}

function say(terminal: Terminal, result: BacktestResult, report: string | undefined): void {
  const { input, people, first, asOf, later, seconds, conversion } = result;
  sayInput(terminal, input);
  if (later > 0)
    terminal.say(
      terminal.colors.dim(
        `  ${several(later, "entry", "entries")} left out: later than ${instantText(asOf)}`,
      ),
    );
  if (people === 0) return terminal.say(NOBODY);
  terminal.say(
    `${several(people, "person", "people")} from ${instantText(first)} to ${instantText(asOf)}, in ${seconds.toFixed(1)} s ` +
      `(${count(Math.round(input.rows / seconds))} rows/s, ${count(Math.round(input.entries / seconds))} entries/s)\n`,
  );
  const days = lengthOf(conversion.horizon);
  terminal.say(
    table(
      terminal,
      ["segment", "now", "entered", "exited", "median stay", `${conversion.event} in ${days}`, "others"],
      result.segments.map(({ id, size, entered, exited, dwell, conversion: { members, others } }) => [
        id,
        count(size),
        count(sum(entered)),
        count(sum(exited)),
        dwell.median === undefined ? "–" : lengthOf(dwell.median),
        percent(members.rate),
        percent(others.rate),
      ]),
    ),
  );
  if (report !== undefined) terminal.say(`\nreport: ${report}`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
