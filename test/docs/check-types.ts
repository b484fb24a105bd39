import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { blocksIn, placeOf, ROOT, type Block } from "./pages.ts";
import { scriptsIn } from "./html.ts";

/** A module that is made of one block or several: of each of its lines, where that stands. */
interface Module {
  file: string;
  code: string;
  places: string[];
}

const OPTIONS = {
  target: "ES2023",
  module: "ESNext",
  moduleResolution: "bundler",
  lib: ["ES2023", "DOM", "DOM.Iterable"],
  types: ["node"],
  jsx: "react-jsx",
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
};

/** JavaScript need not say of what type its arguments are. */
const TYPES_LEFT_OUT = /TS70(06|31)/;

/**
 * Checks all TypeScript and JavaScript of all pages as one program, against the packages' types as they are published. A
 * block that imports is a module of its own; one that does not goes on with the block before it on its page. What is wrong,
 * each with its place.
 */
export function typeFaults(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "murmur-docs-"));
  try {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    for (const name of ["prelude.d.ts", "adapter-files.d.ts"])
      cpSync(join(import.meta.dirname, name), join(folder, name));
    // The definition that pages import is the example shop's.
    cpSync(join(ROOT, "murmur.config.ts"), join(folder, "murmur.config.ts"));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS }));
    const modules = [...modulesOf(blocksIn("ts", "tsx"), "tsx"), ...modulesOf(scripts(), "js")];
    for (const { file, code } of modules) writeFileSync(join(folder, file), code);
    const { stdout } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    return faultsIn(stdout, new Map(modules.map((module) => [module.file, module])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scripts(): Block[] {
  return [...blocksIn("js"), ...blocksIn("html").flatMap(scriptsIn)];
}

function modulesOf(blocks: readonly Block[], extension: string): Module[] {
  const modules: Module[] = [];
  let page: string | undefined;
  for (const block of blocks) {
    const begins = block.page !== page || /^import\b/m.test(block.code);
    page = block.page;
    if (begins)
      modules.push({
        file: `${fileName(block)}.${extension}`,
        code: "export {};\n",
        places: [placeOf(block)],
      });
    const module = modules.at(-1)!;
    module.code += block.code;
    for (let line = 0; line < block.code.split("\n").length - 1; line++)
      module.places.push(`${block.page}:${block.line + line}`);
  }
  return modules;
}

const fileName = ({ page, line }: Block): string => `${page.replaceAll(/\W+/g, "-")}-${line}`;

function faultsIn(said: string, modules: ReadonlyMap<string, Module>): string[] {
  return said
    .split("\n")
    .filter((line) => /^\S/.test(line))
    .flatMap((line) => {
      const [, file = "", at = "", message = line] = /^(.+?)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
      const module = modules.get(basename(file));
      if (module?.file.endsWith(".js") && TYPES_LEFT_OUT.test(message)) return [];
      return [`${module?.places[Number(at) - 1] ?? file} ${message}`];
    });
}
