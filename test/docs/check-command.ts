import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { grammar } from "../../packages/cli/src/grammar.ts";
import { PUBLISHED } from "../../tools/published.ts";
import { callFault } from "./calls.ts";
import { ROOT } from "./pages.ts";
import type { Words } from "./shell.ts";

/** Says what is wrong with a command's arguments, which would be run in a folder of the repository; undefined where nothing is. */
type Check = (args: Words, folder: string) => string | undefined;

/** Every program that a page may have people run. */
const PROGRAMS: Readonly<Record<string, Check>> = {
  npm: checkNpm,
  npx: ([program = "", ...args], folder) => commandFault([program, ...args], folder),
  murmur: checkMurmur,
  wrangler: checkWrangler,
  vitest: checkVitest,
  vite: (args) =>
    args.join(" ") === "--port 3000" ? undefined : "the README's worker knows pages of port 3000",
  changeset: () => undefined,
  curl: callFault,
  node: ([file = ""], folder) =>
    file.endsWith(".ts") ? `Node 20 runs no TypeScript: npm start, not ${file}` : missing(join(folder, file)),
  bash: ([file = ""], folder) => missing(join(folder, file)),
  cd: ([to = ""]) => missing(to),
  // Of every system, or nearly.
  base64: () => undefined,
  date: () => undefined,
  od: () => undefined,
  openssl: () => undefined,
  printf: () => undefined,
  tr: () => undefined,
  uuidgen: () => undefined,
};

/** What is wrong with a command that a page has people run in a folder of the repository. */
export function commandFault([program = "", ...args]: Words, folder: string): string | undefined {
  const check = PROGRAMS[program];
  return check ? check(args, folder) : `${program} is no program that the pages are known to use`;
}

function missing(path: string): string | undefined {
  return existsSync(join(ROOT, path)) ? undefined : `there is no ${path}`;
}

function checkNpm([verb = "", ...args]: Words, folder: string): string | undefined {
  if (verb === "install" || verb === "ci") return args.map(packageFault).find(Boolean);
  if (verb === "pack")
    return args.map((word) => (word === "--workspace" ? undefined : missing(word))).find(Boolean);
  const [script = "", ...rest] = verb === "run" ? args : [verb];
  const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
    scripts?: Record<string, string>;
  };
  if (!manifest.scripts?.[script]) return `there is no script ${script} in ${join(folder, "package.json")}`;
  if (script !== "bench") return undefined;
  const names = rest
    .filter((word) => word !== "--" && !word.startsWith("<"))
    .map((word) => word.split("=")[0]!);
  return names.map(benchFault).find(Boolean);
}

/** Packages of others are asked of no registry here: the blocks that import them are compiled. */
function packageFault(name: string): string | undefined {
  if (!name.startsWith("@murmur/")) return undefined;
  return PUBLISHED.some(({ manifest }) => manifest.name === name) ? undefined : `${name} is not published`;
}

function benchFault(name: string): string | undefined {
  const found = globSync(`test/bench/**/${name}.bench.ts`, { cwd: ROOT });
  return found.length === 1 ? undefined : `there is no benchmark ${name}`;
}

/** Parses the arguments by the command line's own grammar, and runs nothing. */
function checkMurmur(args: Words): string | undefined {
  let chosen = false;
  const program = grammar(() => (chosen = true));
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ])
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    program.parse([...args], { from: "user" });
  } catch (error) {
    return `murmur ${args.join(" ")}: ${(error as Error).message}`;
  }
  return chosen ? undefined : `murmur ${args.join(" ")} does nothing`;
}

const WRANGLER = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
const SETTINGS = readFileSync(join(ROOT, "worker/src/env.ts"), "utf8");

function checkWrangler(args: Words): string | undefined {
  const config = args.indexOf("--config");
  if (config >= 0) return missing(args[config + 1] ?? "");
  const said = args.join(" ");
  const [, queue] = /^queues create (\S+)( --message-retention-period-secs \d+)?$/.exec(said) ?? [];
  if (queue)
    return WRANGLER.includes(`queue = "${queue}"`) ? undefined : `wrangler.toml has no queue ${queue}`;
  const [, secret] = /^secret put (\S+)$/.exec(said) ?? [];
  if (secret) return settingFault(secret);
  if (args[0] === "dev") return args.slice(1).map(devFault).find(Boolean);
  return /^(login|deploy( --dry-run)?|rollback|tail)$/.test(said)
    ? undefined
    : `wrangler ${said} is not known here`;
}

/** `--var NAME:value` is all that the pages have `wrangler dev` take. */
function devFault(word: string): string | undefined {
  const [, name] = /^([A-Z_]+):./.exec(word) ?? [];
  if (name) return settingFault(name);
  return word === "--var" ? undefined : `wrangler dev ${word} is not known here`;
}

/** What is wrong with the name of a setting of the worker. */
export function settingFault(name: string): string | undefined {
  return name.startsWith("<") || SETTINGS.includes(`  ${name}?:`) ? undefined : `there is no setting ${name}`;
}

function checkVitest(args: Words): string | undefined {
  const at = args.indexOf("--project");
  if (args[0] !== "run" || at < 0) return "vitest is run once, and by project";
  const [project = "", ...filters] = args.slice(at + 1);
  const configs = globSync("{packages/*,worker,test}/vitest*.config.ts", { cwd: ROOT });
  const says = [`name: "${project}"`, `reactProject(${project.replace("react-", "")},`];
  const isKnown = configs.some((path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    return says.some((words) => text.includes(words));
  });
  if (!isKnown) return `there is no project ${project}`;
  const tests = globSync("{packages/*,worker,test}/**/*.test.ts{,x}", {
    cwd: ROOT,
    exclude: (path) => path.includes("node_modules"),
  });
  const lost = filters.find((filter) => !tests.some((path) => path.includes(filter)));
  return lost && `no test is called ${lost}`;
}
