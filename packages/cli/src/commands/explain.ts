import { compile } from "@murmur/core";
import { usableDefinition } from "../definition/usable-definition.ts";
import { readEntries } from "../input/read-entries.ts";
import { LogOf } from "../run/log-of.ts";
import { explanationLines } from "../terminal/explanation-text.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { instantText } from "../terminal/words.ts";
import { codeOf, inputOptions, type InputFlags } from "./input-options.ts";

export interface ExplainFlags extends InputFlags {
  definition?: string;
  /** Whose log; not needed where the files hold one alone. */
  profile?: string;
  log: string[];
}

/** Ids that are named where one was not found. */
const NAMED = 5;

/** `murmur explain <segment> --log <events…> [--profile <id>]` */
export async function explain(terminal: Terminal, segment: string, flags: ExplainFlags): Promise<ExitCode> {
  const definition = await usableDefinition(terminal, flags.definition);
  const ids = Object.keys(definition.segments);
  if (!ids.includes(segment))
    throw new UsageError(`there is no segment ${segment}; there are ${ids.join(", ")}`);
  const { options, asOf, progress } = await inputOptions(terminal, flags.log, flags);
  const { taker, input } = await readEntries(options, () => new LogOf(flags.profile)).finally(() =>
    progress.end(),
  );
  const id = whose(taker, flags.profile);
  const profile = compile(definition).profile();
  const at = asOf ?? taker.latest;
  profile.replay(taker.log.filter(({ timestamp }) => timestamp <= at));
  if (profile.clock !== undefined) profile.advance(at);
  const explanation = profile.explain(segment)!;
  const { log } = taker;
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
    `${colors.bold(id)} ${verdict} ${colors.bold(segment)} at ${instantText(at)} UTC, by ${log.length} entries`,
  );
  for (const line of explanationLines(terminal, explanation)) terminal.say(line);
  return codeOf(input);
}

function whose({ seen }: LogOf, wanted: string | undefined): string {
  const ids = [...seen.keys()];
  if (wanted !== undefined && seen.has(wanted)) return wanted;
  if (wanted === undefined && ids.length === 1) return ids[0]!;
  if (ids.length === 0) throw new UsageError("the files hold no entries");
  const named = ids.slice(0, NAMED).join(", ");
  const some = `${named}${ids.length > NAMED ? " …" : ""}`;
  throw new UsageError(
    wanted === undefined
      ? `the files hold ${ids.length} profiles: say which, --profile ${ids[0]!} (or ${some})`
      : `nobody is called ${wanted} in these files; there are ${some}`,
  );
}
