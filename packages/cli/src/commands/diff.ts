import type { Definition } from "@murmur/core";
import { usableDefinition } from "../definition/usable-definition.ts";
import { diff as run, type DiffExample, type DiffResult, type SegmentDiff } from "../run/diff.ts";
import { explanationLines } from "../terminal/explanation-text.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { count, instantText, several } from "../terminal/words.ts";
import { codeOf, inputOptions, NOBODY, sayInput, type InputFlags } from "./input-options.ts";

/** `murmur diff <old> <new> <events…>` */
export async function diff(
  terminal: Terminal,
  oldFile: string,
  newFile: string,
  files: readonly string[],
  flags: InputFlags,
): Promise<ExitCode> {
  const before = await usableDefinition(terminal, oldFile);
  const after = await usableDefinition(terminal, newFile);
  const { options, asOf, progress } = await inputOptions(terminal, files, flags);
  const result = await run(before, after, { ...options, asOf }).finally(() => progress.end());
  if (terminal.json) terminal.answer(result);
  else say(terminal, result, { before: before.measures, after: after.measures });
  return codeOf(result.input);
}

/** Measures of both definitions, by which their explanations are put into words. */
type BothMeasures = Record<"before" | "after", Definition["measures"]>;

function say(terminal: Terminal, result: DiffResult, measures: BothMeasures): void {
  const { colors } = terminal;
  sayInput(terminal, result.input);
  if (result.people === 0) return terminal.say(NOBODY);
  terminal.say(`${several(result.people, "person", "people")} at ${instantText(result.asOf)} UTC\n`);
  if (result.segments.length === 0) {
    terminal.say("nobody would be in another segment");
    return;
  }
  terminal.say(
    table(
      terminal,
      ["segment", "before", "after", "would enter", "would leave"],
      result.segments.map(({ id, kind, before, after, enters, leaves }) => [
        kind === "both" ? id : `${id} (${kind})`,
        count(before),
        count(after),
        enters > 0 ? colors.green(`+${count(enters)}`) : "0",
        leaves > 0 ? colors.red(`−${count(leaves)}`) : "0",
      ]),
    ),
  );
  if (result.unchanged > 0) terminal.say(colors.dim(`${several(result.unchanged, "segment")} as before`));
  for (const segment of result.segments) if (segment.kind === "both") examples(terminal, segment, measures);
}

function examples(terminal: Terminal, { id, entering, leaving }: SegmentDiff, measures: BothMeasures): void {
  const { colors } = terminal;
  for (const [way, sign, [example]] of [
    ["enters", "+", entering],
    ["leaves", "−", leaving],
  ] as const) {
    if (!example) continue;
    terminal.say(`\n${sign} ${colors.bold(example.profile)} ${way} ${colors.bold(id)}:`);
    why(terminal, example, measures);
  }
}

function why(terminal: Terminal, example: DiffExample, measures: BothMeasures): void {
  for (const when of ["before", "after"] as const) {
    const explanation = example[when];
    if (!explanation) continue;
    terminal.say(terminal.colors.dim(`  ${when}`));
    for (const line of explanationLines(terminal, explanation, measures[when], 2)) terminal.say(line);
  }
}
