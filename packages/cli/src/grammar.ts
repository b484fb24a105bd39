import { Command } from "commander";
import type { ExitCode } from "./terminal/exit-code.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What a command does: its module is loaded when it is wanted, so that `check` need not wait for the report's. */
export type Action = (terminal: Terminal) => Promise<ExitCode>;

/** Options as commander has them. */
type Flags = never;

/** Adds a command of that name. */
type Add = (name: string, description: string, parent?: Command) => Command;
/** Makes commander's callback of what a command does. */
type Does = (
  run: (terminal: Terminal, ...args: never[]) => Promise<ExitCode>,
) => (...args: unknown[]) => void;

/** What can be written: every command with its arguments. `choose` is told what the one that was written does. */
export function grammar(choose: (run: Action, json: boolean) => void): Command {
  const program = new Command("murmur");
  program.description("Checks segments, replays them over what happened, and puts them on the air.");
  const add: Add = (name, description, parent = program) =>
    parent.command(name).description(description).option("--json", "answer in JSON");
  const does: Does =
    (run) =>
    (...args) => {
      // Commander puts the command itself last, behind its options.
      const given = args.slice(0, -1);
      const { json } = given.at(-1) as { json?: boolean };
      choose((terminal) => run(terminal, ...(given as never[])), json === true);
    };
  addDefinitionCommands(add, does);
  addEventCommands(add, does);
  addDryRunCommand(add, does);
  addFitCommands(add, does, program.command("fit").description("find bounds in the data"));
  return program;
}

function addDefinitionCommands(add: Add, does: Does): void {
  add("init", "make a project: a definition, a year of a made-up shop to try it on")
    .argument("[folder]")
    .option("--template <name>", "shop or small")
    .option("--language <name>", "ts, json or yaml")
    .option("-y, --yes", "ask nothing")
    .option("--force", "write over files that are there")
    .action(
      does(async (terminal, folder: string | undefined, flags: Flags) =>
        (await import("./commands/init.ts")).init(terminal, folder, flags),
      ),
    );
  add("check", "say what is wrong in a definition, and what hardly does what was meant")
    .argument("[definition]", "murmur.config.ts, .json, .yaml … of this folder without it")
    .option("--strict", "warnings are errors")
    .option("--kept-for <duration>", "how long the log is kept", "400d")
    .action(
      does(async (terminal, file: string | undefined, flags: Flags) =>
        (await import("./commands/check.ts")).check(terminal, file, flags),
      ),
    );
  add("push", "put a definition in force at a running worker, after a look at the difference")
    .argument("[definition]")
    .option("--url <address>", "where the worker is (MURMUR_URL)")
    .option("--token <secret>", "its ADMIN_TOKEN (better: MURMUR_ADMIN_TOKEN)")
    .option("--dry-run", "show the difference, and push nothing")
    .option("-y, --yes", "do not ask")
    .option("--undo", "go back to what the worker was deployed with")
    .action(
      does(async (terminal, file: string | undefined, flags: Flags) =>
        (await import("./commands/push.ts")).push(terminal, file, flags),
      ),
    );
  add("export-schema", "the JSON Schema of a definition, for editors")
    .argument("[file]")
    .action(
      does(async (terminal, file: string | undefined) =>
        (await import("./commands/export-schema.ts")).exportSchema(terminal, file),
      ),
    );
}

function addEventCommands(add: Add, does: Does): void {
  withInput(add("explain", "say why somebody is in a segment, or is not"))
    .argument("[segment]")
    .usage("<segment> --log <file...> [options]")
    .requiredOption("--log <file...>", "files of events")
    .option("--profile <id>", "who; not needed where there is only one")
    .option("--definition <file>", "murmur.config.ts … of this folder without it")
    .action(
      does(async (terminal, segment: string | undefined, flags: Flags) =>
        (await import("./commands/explain.ts")).explain(terminal, segment, flags),
      ),
    );
  withInput(add("backtest", "run a definition over what happened, and report what it would have done"))
    .argument("<definition>")
    .argument("<events...>", "files, plain or gzipped; - is the standard input")
    .option("--report <file>", "the report (murmur-backtest.html)")
    .option("--no-report", "no report")
    .option("--figures <file>", "the same figures as JSON")
    .option("--members <file>", "everybody, a line of JSON each, with what they are in at the end")
    .option("--title <text>", "the report's title")
    .option("--conversion <event>", "the event that is a conversion (Order Completed)")
    .option("--horizon <duration>", "how long after a checkpoint it counts (30d)")
    .option(
      "--stages <ids>",
      "segments that are stages, in order, with commas between (a lifecycle preset's)",
    )
    .action(
      does(async (terminal, file: string, files: string[], flags: Flags) =>
        (await import("./commands/backtest.ts")).backtest(terminal, file, files, flags),
      ),
    );
  withInput(add("diff", "say who would enter and leave under another definition, and why"))
    .argument("<old>")
    .argument("<new>")
    .argument("<events...>")
    .action(
      does(async (terminal, before: string, after: string, files: string[], flags: Flags) =>
        (await import("./commands/diff.ts")).diff(terminal, before, after, files, flags),
      ),
    );
}

function addDryRunCommand(add: Add, does: Does): void {
  withInput(add("dry-run", "say what journeys would have sent to whom, and when; nothing is sent"))
    .argument("<definition>")
    .argument("<events...>")
    .option("--profile <id>", "tell everything that is done with this one person")
    .option("--effects <file>", "every effect, a line of JSON each")
    .action(
      does(async (terminal, file: string, files: string[], flags: Flags) =>
        (await import("./commands/dry-run.ts")).dryRun(terminal, file, files, flags),
      ),
    );
}

function addFitCommands(add: Add, does: Does, fit: Command): void {
  withInput(add("rfm", "the bounds with which each score takes a fifth of the buyers", fit))
    .argument("<events...>")
    .option("--order <event>", "the event that is an order (Order Completed)")
    .option("--value <path>", "the path of its value (total)")
    .action(
      does(async (terminal, files: string[], flags: Flags) =>
        (await import("./commands/fit-rfm.ts")).fitRfm(terminal, files, flags),
      ),
    );
  withInput(add("thresholds", "how what a definition compares is distributed among people", fit))
    .argument("<definition>")
    .argument("<events...>")
    .action(
      does(async (terminal, file: string, files: string[], flags: Flags) =>
        (await import("./commands/fit-thresholds.ts")).fitThresholds(terminal, file, files, flags),
      ),
    );
}

/** The options of every command that reads files of events. */
function withInput(command: Command): Command {
  return command
    .option("--format <name>", "how the files are to be read; by their look without it")
    .option(
      "--map <what=column>",
      "a column of CSV: profile=, timestamp=, event=, properties.total=",
      several,
      [],
    )
    .option("--mapping <file>", "the same as YAML")
    .option("--sort <when>", "by time: auto, never (rows are in order of time) or always", "auto")
    .option("--guests", "take each order without a customer as somebody of its own")
    .option("--as-of <instant>", "evaluate everybody at this instant; that of the last entry without it");
}

function several(value: string, before: string[]): string[] {
  return [...before, value];
}
