import { definitionHash, parseDuration, type Duration } from "@murmur/core";
import { relative } from "node:path";
import { checkFile } from "../definition/check-file.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { several } from "../terminal/words.ts";

export interface CheckOptions {
  /** Whether warnings are errors. */
  strict?: boolean;
  /** How long the host keeps events. */
  keptFor?: Duration;
}

/** `murmur check [definition]` */
export async function check(
  terminal: Terminal,
  file: string | undefined,
  { strict = false, keptFor }: CheckOptions,
): Promise<ExitCode> {
  if (keptFor !== undefined && !parseDuration(keptFor))
    throw new UsageError(`--kept-for ${keptFor} is no duration above nothing: write 90d`);
  const checked = await checkFile(file, terminal.around.cwd, keptFor === undefined ? {} : { keptFor });
  const { definition, findings, source } = checked;
  const isWrong = !definition || (strict && findings.some(({ severity }) => severity === "warning"));
  if (terminal.json) {
    terminal.answer({
      ok: !isWrong,
      file: source.file,
      ...(definition && {
        hash: definitionHash(definition),
        segments: Object.keys(definition.segments).length,
      }),
      findings,
    });
    return isWrong ? EXIT.wrong : EXIT.ok;
  }
  if (findings.length > 0) (await import("../definition/code-frame.ts")).showFindings(terminal, checked);
  if (definition) {
    const { segments, measures = {}, slots = {} } = definition;
    const parts = [
      several(Object.keys(segments).length, "segment"),
      several(Object.keys(measures).length, "measure"),
      several(Object.keys(slots).length, "slot"),
    ];
    const name = relative(terminal.around.cwd, source.file);
    terminal.say(
      `${terminal.colors.green("ok")} ${name}: ${parts.join(", ")}, hash ${definitionHash(definition)}`,
    );
  }
  return isWrong ? EXIT.wrong : EXIT.ok;
}
