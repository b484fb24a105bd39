import { definitionHash } from "@murmur/core";
import { usableDefinition } from "../definition/usable-definition.ts";
import { definitionDiff, type PartChange } from "../run/definition-diff.ts";
import { EdgeDefinition, RefusedPush, type InForce } from "../run/edge-definition.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { several } from "../terminal/words.ts";

export interface PushFlags {
  url?: string;
  token?: string;
  /** Does not ask. */
  yes?: boolean;
  /** Shows the difference, and pushes nothing. */
  dryRun?: boolean;
  /** Goes back to what the worker was deployed with. */
  undo?: boolean;
}

/** `murmur push [definition] --url <worker>` */
export async function push(
  terminal: Terminal,
  file: string | undefined,
  flags: PushFlags,
): Promise<ExitCode> {
  const edge = edgeOf(terminal, flags);
  if (flags.undo && flags.dryRun)
    throw new UsageError("--undo goes back at once, and has nothing to show: leave out --dry-run");
  try {
    return flags.undo ? await undo(terminal, edge) : await pushTo(terminal, edge, file, flags);
  } catch (error) {
    if (!(error instanceof RefusedPush)) throw error;
    const { code, message, issues } = error;
    if (terminal.json) terminal.answer({ ok: false, error: { code, message, issues } });
    else {
      terminal.note(`the worker refuses it (${code}): ${message}`);
      for (const issue of issues) terminal.note(`  ${issue.path} ${issue.message}`);
    }
    return EXIT.wrong;
  }
}

function edgeOf({ around: { env } }: Terminal, flags: PushFlags): EdgeDefinition {
  const url = flags.url ?? env["MURMUR_URL"];
  const token = flags.token ?? env["MURMUR_ADMIN_TOKEN"];
  if (url === undefined)
    throw new UsageError("say where the worker is: --url https://murmur.example, or MURMUR_URL");
  if (token === undefined)
    throw new UsageError("the worker's ADMIN_TOKEN is needed: set MURMUR_ADMIN_TOKEN, or --token");
  return new EdgeDefinition(url, token);
}

async function undo(terminal: Terminal, edge: EdgeDefinition): Promise<ExitCode> {
  say(terminal, await edge.clear(), []);
  return EXIT.ok;
}

async function pushTo(
  terminal: Terminal,
  edge: EdgeDefinition,
  file: string | undefined,
  flags: PushFlags,
): Promise<ExitCode> {
  const definition = await usableDefinition(terminal, file);
  const { definition: before, hash, from } = await edge.read();
  const changes = definitionDiff(before, definition);
  const isSame = hash === definitionHash(definition);
  if (!terminal.json) sayChanges(terminal, changes, isSame, `${from} ${hash}`);
  if (isSame || flags.dryRun) {
    if (terminal.json) terminal.answer({ ok: true, pushed: false, hash, changes });
    return EXIT.ok;
  }
  if (!(await isWanted(terminal, flags))) {
    terminal.note("nothing was pushed");
    return EXIT.usage;
  }
  // What was shown is what is written over: had somebody else pushed meanwhile, the worker would say so.
  say(terminal, await edge.write(definition, hash), changes);
  return EXIT.ok;
}

async function isWanted(terminal: Terminal, { yes = false }: PushFlags): Promise<boolean> {
  if (yes) return true;
  const { stdin, stdout } = terminal.around;
  if (terminal.json || stdin.isTTY !== true || stdout.isTTY !== true)
    throw new UsageError("nobody is there to be asked: push with --yes, or look with --dry-run");
  const { confirm } = await import("@clack/prompts");
  return (await confirm({ message: "Push this?", initialValue: false })) === true;
}

function sayChanges(
  terminal: Terminal,
  changes: readonly PartChange[],
  isSame: boolean,
  before: string,
): void {
  const { colors } = terminal;
  if (isSame) return terminal.say(`in force already: ${before}`);
  if (changes.length === 0)
    return terminal.say(`nothing but the order of its parts differs from what is in force (${before})`);
  terminal.say(`${several(changes.length, "change")} to what is in force (${before}):`);
  for (const { section, id, change, before: was, after } of changes) {
    const what = `${section}.${id}`;
    if (change === "added") terminal.say(colors.green(`+ ${what}`));
    else if (change === "removed") terminal.say(colors.red(`− ${what}`));
    else {
      terminal.say(colors.yellow(`~ ${what}`));
      terminal.say(colors.red(`    − ${JSON.stringify(was)}`));
      terminal.say(colors.green(`    + ${JSON.stringify(after)}`));
    }
  }
}

function say(terminal: Terminal, inForce: InForce, changes: readonly PartChange[]): void {
  if (terminal.json) {
    terminal.answer({ ok: true, pushed: true, ...inForce, changes });
    return;
  }
  const how = inForce.from === "pushed" ? "pushed" : "as it was deployed";
  terminal.say(`${terminal.colors.green("in force")} ${inForce.hash}, ${how}; everywhere within seconds`);
}
