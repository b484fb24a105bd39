import type { DryRun } from "@murmur/core";
import { appendFileSync, writeFileSync } from "node:fs";
import { usableDefinition } from "../definition/usable-definition.ts";
import { readEntries } from "../input/read-entries.ts";
import { actionWords, DryRunner } from "../run/dry-runner.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { outputFile } from "../terminal/output-file.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { count, instantText, several } from "../terminal/words.ts";
import { codeOf, inputOptions, NOBODY, nothingFound, sayInput, type InputFlags } from "./input-options.ts";

export interface DryRunFlags extends InputFlags {
  /** Tells everything that is done with this one person. */
  profile?: string;
  /** Where every effect goes, a line of JSON each. */
  effects?: string;
}

/** `murmur dry-run <definition> <events…>`: what its journeys would have sent to whom, and when. Nothing is sent. */
export async function dryRun(
  terminal: Terminal,
  file: string,
  files: readonly string[],
  flags: DryRunFlags,
): Promise<ExitCode> {
  const definition = await usableDefinition(terminal, file);
  if (Object.keys(definition.journeys ?? {}).length === 0)
    throw new UsageError(`${file} has no journeys: there is nothing to run`);
  const { options, asOf, progress } = await inputOptions(terminal, files, flags);
  const { cwd } = terminal.around;
  const target = flags.effects === undefined ? undefined : outputFile(cwd, flags.effects, [file, ...files]);
  if (target !== undefined) writeFileSync(target, "");
  let asked: DryRun | undefined;
  const onRun = (run: DryRun): void => {
    if (run.profile === flags.profile) asked = run;
    const lines = run.effects.map((effect) => `${JSON.stringify({ profile: run.profile, ...effect })}\n`);
    if (target !== undefined && lines.length > 0) appendFileSync(target, lines.join(""));
  };
  // Journeys need each log as a whole; sorted, only a part of the people is in memory at a time.
  const sorted = { ...options, order: options.order === "auto" ? ("sort" as const) : options.order };
  const begin = (): DryRunner => new DryRunner(definition, asOf, onRun, flags.profile);
  const { taker, input } = await readEntries(sorted, begin).finally(() => progress.end());
  const { steps, people, running, ended } = taker;
  if (flags.profile !== undefined && people > 0 && !taker.isKnown)
    throw nothingFound(`nobody is called ${flags.profile} in these files`, input);
  if (terminal.json) {
    terminal.answer({ people, asOf: ended, steps, running, ...(asked && { profile: asked }), input });
    return codeOf(input);
  }
  sayInput(terminal, input);
  if (people === 0) {
    terminal.say(NOBODY);
    return codeOf(input);
  }
  terminal.say(`${several(people, "person", "people")} up to ${instantText(ended)} UTC; nothing was sent\n`);
  terminal.say(
    table(
      terminal,
      ["journey", "step", "what", "times", "people"],
      steps.map((step) => [step.journey, step.step, step.what, count(step.times), count(step.people)]),
    ),
  );
  terminal.say(`\n${several(running, "run")} still on the way`);
  if (flags.profile !== undefined) tell(terminal, flags.profile, asked);
  return codeOf(input);
}

function tell(terminal: Terminal, profile: string, run: DryRun | undefined): void {
  terminal.say(`\n${terminal.colors.bold(profile)}${run ? "" : ": nothing would have been done"}`);
  const done = [
    ...(run?.effects ?? []).map((effect) => ({ ...effect, words: actionWords(effect.action) })),
    ...(run?.skipped ?? []).map((message) => ({
      ...message,
      words: `skipped: ${message.reason.replaceAll("_", " ")}`,
    })),
  ].sort((a, b) => a.dueAt - b.dueAt);
  for (const { dueAt, journey, step, words } of done)
    terminal.say(`  ${instantText(dueAt)}  ${journey} ${step}  ${words}`);
}
