import { CommanderError } from "commander";
import { WrongDefinition } from "./definition/usable-definition.ts";
import { grammar, type Action } from "./grammar.ts";
import { EXIT, type ExitCode } from "./terminal/exit-code.ts";
import { Terminal, type Surroundings } from "./terminal/terminal.ts";
import { UsageError } from "./terminal/usage-error.ts";
import { VERSION } from "./version.ts";

/** Runs the command that `args` names; the exit code. It never throws what a person can mend. */
export async function main(args: readonly string[], around: Surroundings): Promise<ExitCode> {
  let chosen: { run: Action; json: boolean } | undefined;
  const program = grammar((run, json) => (chosen = { run, json }));
  quietly(program, around);
  program.version(VERSION);
  const refuse = (message: string): void =>
    new Terminal(around, true).answer({ ok: false, error: { code: "usage", message } });
  try {
    await program.parseAsync([...args], { from: "user" });
    return chosen ? await chosen.run(new Terminal(around, chosen.json)) : EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      // What was wrong was said on stderr already, which a script need not read.
      if (args.includes("--json")) refuse(error.message.replace(/^error: /, ""));
      return EXIT.usage;
    }
    if (error instanceof WrongDefinition) return EXIT.wrong;
    const said = error instanceof UsageError ? error : refusedBySystem(error);
    if (!said) throw error;
    if (chosen?.json) refuse(said.message);
    else around.stderr.write(`murmur: ${said.message}\n`);
    return EXIT.usage;
  }
}

/** What the system refuses, as a file that may not be read or a folder that is not there, in its own words; undefined for all else. */
function refusedBySystem(error: unknown): UsageError | undefined {
  const { syscall, path, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return undefined;
  // `ENOENT: no such file or directory, open '/x/y'`
  const why = message.replace(/^[A-Z\d]+: /, "").replace(/, \w+(?: '[^]*)?$/, "");
  return new UsageError(path === undefined ? why : `${path}: ${why}`);
}

/** Commander and what it holds end no process, and write to where they are told. */
function quietly(command: ReturnType<typeof grammar>, { stdout, stderr }: Surroundings): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void stdout.write(text),
    writeErr: (text) => void stderr.write(text),
  });
  for (const inner of command.commands) quietly(inner, { stdout, stderr } as Surroundings);
}
