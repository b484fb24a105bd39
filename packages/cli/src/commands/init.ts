import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { sampleEvents } from "../init/sample-events.ts";
import { TEMPLATES, type Language, type TemplateName } from "../init/templates.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { UsageError } from "../terminal/usage-error.ts";
import { VERSION } from "../version.ts";
import { definitionSchemaText } from "./export-schema.ts";

export interface InitFlags {
  template?: string;
  language?: string;
  /** Asks nothing, and takes what is usual. */
  yes?: boolean;
  /** Writes over files that are there. */
  force?: boolean;
}

const LANGUAGES: Readonly<Record<Language, string>> = {
  ts: "TypeScript: the builder, with every name checked by the editor",
  json: "JSON, completed by the editor from its schema",
  yaml: "YAML, completed by the editor from its schema",
};

/** `murmur init [folder]` */
export async function init(
  terminal: Terminal,
  folder: string | undefined,
  flags: InitFlags,
): Promise<ExitCode> {
  const answers = await ask(terminal, flags);
  if (!answers) return EXIT.usage;
  const { template, language } = answers;
  const target = resolve(terminal.around.cwd, folder ?? ".");
  const files = await filesOf(template, language, basename(target));
  const there = Object.keys(files).filter(
    (name) => name !== "package.json" && existsSync(join(target, name)),
  );
  if (there.length > 0 && flags.force !== true)
    throw new UsageError(
      `${there.join(", ")} is there already: write over it with --force, or name another folder`,
    );
  await mkdir(target, { recursive: true });
  const written: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    // A project that is there keeps its own.
    if (name === "package.json" && existsSync(join(target, name))) continue;
    await writeFile(join(target, name), text);
    written.push(name);
  }
  const config = Object.keys(files)[0]!;
  if (terminal.json) terminal.answer({ folder: target, written });
  else nextSteps(terminal, target, config, written);
  return EXIT.ok;
}

/** What was said by flags, or else is asked where somebody is there to answer; undefined when they would rather not. */
async function ask(
  terminal: Terminal,
  flags: InitFlags,
): Promise<{ template: TemplateName; language: Language } | undefined> {
  const { template, language } = flags;
  if (template !== undefined && !Object.hasOwn(TEMPLATES, template))
    throw new UsageError(`--template is one of ${Object.keys(TEMPLATES).join(", ")}`);
  if (language !== undefined && !Object.hasOwn(LANGUAGES, language))
    throw new UsageError(`--language is one of ${Object.keys(LANGUAGES).join(", ")}`);
  const { stdin, stdout } = terminal.around;
  const isAsked = flags.yes !== true && !terminal.json && stdin.isTTY === true && stdout.isTTY === true;
  const usual = { template: (template ?? "shop") as TemplateName, language: (language ?? "ts") as Language };
  if (!isAsked) return usual;
  const { isCancel, select } = await import("@clack/prompts");
  const options = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, hint]) => ({ value, label: value, hint }));
  const sides = { input: stdin, output: stdout };
  const said = { ...usual };
  if (template === undefined) {
    const descriptions = Object.fromEntries(
      Object.entries(TEMPLATES).map(([name, { description }]) => [name, description]),
    );
    const answer = await select({
      message: "What do you want to begin with?",
      options: options(descriptions),
      ...sides,
    });
    if (isCancel(answer)) return undefined;
    said.template = answer as TemplateName;
  }
  if (language === undefined) {
    const message = "How do you want to write it?";
    const answer = await select({ message, options: options(LANGUAGES), ...sides });
    if (isCancel(answer)) return undefined;
    said.language = answer as Language;
  }
  return said;
}

/** The files of a project, the definition first. */
async function filesOf(
  template: TemplateName,
  language: Language,
  folder: string,
): Promise<Record<string, string>> {
  const { module, definition } = TEMPLATES[template];
  const config = `murmur.config.${language}`;
  const manifest = {
    name: folder.toLowerCase().replace(/[^a-z0-9._-]+/g, "-") || "segments",
    private: true,
    type: "module",
    scripts: {
      check: `murmur check ${config}`,
      backtest: `murmur backtest ${config} sample.csv`,
    },
    devDependencies: { "@murmur/cli": VERSION, "@murmur/core": VERSION },
  };
  return {
    [config]: await written(language, module, definition),
    "sample.csv": sampleEvents(),
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    ...(language !== "ts" && { "murmur.schema.json": await definitionSchemaText() }),
  };
}

async function written(language: Language, module: string, definition: object): Promise<string> {
  if (language === "ts") return module;
  if (language === "json")
    return `${JSON.stringify({ $schema: "./murmur.schema.json", ...definition }, null, 2)}\n`;
  const { stringify } = await import("yaml");
  return `# yaml-language-server: $schema=./murmur.schema.json\n${stringify(definition)}`;
}

function nextSteps(terminal: Terminal, target: string, config: string, written: readonly string[]): void {
  const { colors, around } = terminal;
  const folder = relative(around.cwd, target);
  for (const name of written) terminal.say(`${colors.green("+")} ${join(folder, name)}`);
  const [definition, sample] = [config, "sample.csv"].map((name) => asArgument(join(folder, name)));
  // By npx, which finds it in a project and installed for all alike.
  const steps = [
    [`npx murmur check ${definition}`, "is it right?"],
    [`npx murmur backtest ${definition} ${sample}`, "what would it have done?"],
    [`npx murmur push ${definition} --url <worker>`, "put it on the air"],
  ] as const;
  const width = Math.max(...steps.map(([command]) => command.length));
  terminal.say("\nNext:");
  for (const [command, why] of steps) terminal.say(`  ${command.padEnd(width)}  ${colors.dim(why)}`);
}

/** A path as every shell takes it for one word. */
function asArgument(path: string): string {
  return /^[\w./\\:@+-]+$/.test(path) ? path : `"${path}"`;
}
