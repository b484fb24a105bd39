import { compile } from "@murmur/core";
import { usableDefinition } from "../definition/usable-definition.ts";
import type { InputSummary } from "../input/input-summary.ts";
import { readEntries } from "../input/read-entries.ts";
import { LogOf } from "../run/log-of.ts";
import { explanationLines } from "../terminal/explanation-text.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { instantText, several } from "../terminal/words.ts";
import { codeOf, inputOptions, nothingFound, sayBad, type InputFlags } from "./input-options.ts";

export interface ExplainFlags extends InputFlags {
  definition?: string;
  /** Whose log; not needed where the files hold one alone. */
  profile?: string;
  log: string[];
}

/** Ids that are named where one was not found. */
const NAMED = 5;

/** `murmur explain <segment> --log <events…> [--profile <id>]` */
export async function explain(
  terminal: Terminal,
  named: string | undefined,
  flags: ExplainFlags,
): Promise<ExitCode> {
  const { segment, files } = askedOf(named, flags.log);
  const definition = await usableDefinition(terminal, flags.definition);
  const ids = Object.keys(definition.segments);
  if (!ids.includes(segment))
    throw new UsageError(`there is no segment ${segment}; there are ${ids.join(", ")}`);
  const { options, asOf, progress } = await inputOptions(terminal, files, flags);
  const { taker, input } = await readEntries(options, () => new LogOf(flags.profile)).finally(() =>
    progress.end(),
  );
  const id = whose(taker, flags.profile, input);
  const profile = compile(definition).profile();
  const at = asOf ?? taker.latest;
  const log = taker.log.filter(({ timestamp }) => timestamp <= at);
  profile.replay(log);
  if (profile.clock !== undefined) profile.advance(at);
  const explanation = profile.explain(segment)!;
  if (terminal.json) {
    terminal.answer({
      profile: id,
      segment,
      at,
      member: explanation.result,
      explanation,
      segments: profile.segments(),
      input,
    });
    return codeOf(input);
  }
  const { colors } = terminal;
  const verdict = explanation.result ? colors.green("is in") : colors.red("is not in");
  terminal.say(
    `${colors.bold(id)} ${verdict} ${colors.bold(segment)} at ${instantText(at)} UTC, by ${several(new Set(log.map((entry) => entry.id)).size, "entry", "entries")}`,
  );
  for (const line of explanationLines(terminal, explanation, definition.measures)) terminal.say(line);
  sayBad(terminal, input);
  return codeOf(input);
}

/** Where no segment stands in front, it stands last: behind `--log`, it is taken for one more file. */
function askedOf(named: string | undefined, log: readonly string[]): { segment: string; files: string[] } {
  if (named !== undefined) return { segment: named, files: [...log] };
  const [files, segment] = [log.slice(0, -1), log.at(-1)];
  if (segment === undefined || files.length === 0)
    throw new UsageError("name the segment: murmur explain <segment> --log <file...>");
  return { segment, files };
}

function whose({ seen }: LogOf, wanted: string | undefined, input: InputSummary): string {
  const ids = [...seen.keys()];
  if (wanted !== undefined && seen.has(wanted)) return wanted;
  if (wanted === undefined && ids.length === 1) return ids[0]!;
  if (ids.length === 0) throw nothingFound("the files hold no entries", input);
  const named = ids.slice(0, NAMED).join(", ");
  const some = `${named}${ids.length > NAMED ? " …" : ""}`;
  if (wanted === undefined)
    throw new UsageError(
      `the files hold ${ids.length} profiles: say which, --profile ${ids[0]!} (or ${some})`,
    );
  throw nothingFound(`nobody is called ${wanted} in these files; there are ${some}`, input);
}
