import { instantOf } from "../input/instant.ts";
import { readMapping } from "../input/mapping/read-mapping.ts";
import type { EntriesOptions, Order } from "../input/read-entries.ts";
import type { InputSummary } from "../input/input-summary.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { startProgress, type Progress } from "../terminal/progress.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { count, several } from "../terminal/words.ts";
import { isAbsolute, join } from "node:path";

const ORDERS: Readonly<Record<string, Order>> = { auto: "auto", never: "stream", always: "sort" };

/** The options of every command that reads files of events. */
export interface InputFlags {
  format?: string;
  map?: string[];
  mapping?: string;
  sort?: string;
  guests?: boolean;
  asOf?: string;
}

/** What flags say of the files; progress is shown until `progress.end()`. */
export async function inputOptions(
  terminal: Terminal,
  files: readonly string[],
  flags: InputFlags,
): Promise<{ options: Omit<EntriesOptions, "reads">; asOf: number | undefined; progress: Progress }> {
  const { stdin, cwd } = terminal.around;
  if (files.length === 0) throw new UsageError("name a file of events, or - for the standard input");
  const order = ORDERS[flags.sort ?? "auto"];
  if (order === undefined) throw new UsageError(`--sort is one of ${Object.keys(ORDERS).join(", ")}`);
  const at = (path: string): string => (path === "-" || isAbsolute(path) ? path : join(cwd, path));
  const mapping = await readMapping(
    flags.mapping === undefined ? undefined : at(flags.mapping),
    flags.map ?? [],
  );
  const progress = startProgress(terminal);
  return {
    options: {
      files: files.map(at),
      order,
      format: flags.format,
      mapping,
      guests: flags.guests,
      stdin,
      onProgress: (read, size, rows) => progress.at(read, size, rows),
      onNote: (note) => terminal.note(note),
    },
    asOf: asOfFrom(flags.asOf),
    progress,
  };
}

function asOfFrom(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = instantOf(text);
  if (at === undefined)
    throw new UsageError(`--as-of ${text} is no instant: write 2026-11-25, or 2026-11-25T18:00:00Z`);
  return at;
}

/** Says what the files held; bad rows by line and reason. */
export function sayInput(terminal: Terminal, input: InputSummary): void {
  const { colors } = terminal;
  for (const { name, format, garbled } of input.files) {
    terminal.say(`${name}, read as ${format}`);
    if (garbled)
      terminal.say(
        colors.yellow(
          "  not all of it is UTF-8: letters are lost, and ids that differ in them are one. Save it as UTF-8, or: iconv -f WINDOWS-1252 -t UTF-8",
        ),
      );
  }
  const order = input.order === "sorted" ? ", sorted by time" : "";
  terminal.say(`${several(input.rows, "row")}, ${several(input.entries, "entry", "entries")}${order}`);
  for (const [reason, rows] of Object.entries(input.skipped))
    terminal.say(colors.dim(`  ${several(rows, "row")} left out: ${reason}`));
  if (input.repeated > 0)
    terminal.say(
      colors.dim(`  ${several(input.repeated, "entry", "entries")} left out: the id was there before`),
    );
  sayBad(terminal, input);
}

/** Names the bad rows by line and reason. */
export function sayBad(terminal: Terminal, { bad }: InputSummary): void {
  const { colors } = terminal;
  if (bad.count === 0) return;
  terminal.say(colors.yellow(`  ${several(bad.count, "bad row")}:`));
  for (const { file, line, reason } of bad.samples)
    terminal.say(colors.yellow(`    ${file}:${line} ${reason}`));
  const more = bad.count - bad.samples.length;
  if (more > 0) terminal.say(colors.yellow(`    … and ${count(more)} more`));
}

/** What is said of files in which there is nobody, or nobody yet at the instant that was asked for. */
export const NOBODY = "nobody did anything: there is nothing to tell";

/** Why there is nothing to go on: where rows were bad, that may be why. */
export function nothingFound(message: string, { bad }: InputSummary): UsageError {
  const [first] = bad.samples;
  if (!first) return new UsageError(message);
  const { file, line, reason } = first;
  return new UsageError(
    `${message} (${several(bad.count, "bad row")}; the first: ${file}:${line} ${reason})`,
  );
}

/** Done; where rows were bad, that is said by the code. */
export function codeOf({ bad }: InputSummary): ExitCode {
  return bad.count > 0 ? EXIT.badRows : EXIT.ok;
}
