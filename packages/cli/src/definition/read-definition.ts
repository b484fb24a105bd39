import type { ParseError } from "jsonc-parser";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../terminal/usage-error.ts";
import {
  UnreadableDefinition,
  type Finding,
  type LoadedDefinition,
  type Position,
} from "./loaded-definition.ts";
import { hasRepeatedKeys, repeatedKey } from "./repeated-key.ts";

/** What a project's definition is called; the first that is there is taken. */
export const USUAL_FILES = [
  "murmur.config.ts",
  "murmur.config.js",
  "murmur.config.mjs",
  "murmur.config.json",
  "murmur.config.jsonc",
  "murmur.config.yaml",
  "murmur.config.yml",
];

const LANGUAGES: Readonly<Record<string, LoadedDefinition["language"]>> = {
  ".json": "json",
  ".jsonc": "json",
  ".yaml": "yaml",
  ".yml": "yaml",
  ".ts": "module",
  ".mts": "module",
  ".js": "module",
  ".mjs": "module",
};

/**
 * Reads a definition from a file, or from the one that the folder has under a usual name. It is not checked.
 *
 * @throws UsageError when there is no such file
 * @throws UnreadableDefinition when the file is no JSON, no YAML, or a module that fails
 */
export async function readDefinition(named: string | undefined, cwd: string): Promise<LoadedDefinition> {
  const file = named === undefined ? usualFile(cwd) : resolve(cwd, named);
  const language = LANGUAGES[extname(file)];
  if (!language)
    throw new UsageError(`${file} is no definition: it ends in one of ${Object.keys(LANGUAGES).join(", ")}`);
  let text: string;
  try {
    // Windows puts a mark in front of text that is UTF-8.
    text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EISDIR") throw new UsageError(`${file}: is a folder, and no definition`);
    if (code !== "ENOENT" && code !== "ENOTDIR") throw error;
    throw new UsageError(`there is no ${named ?? file}: name the definition, or make one with murmur init`);
  }
  const source = { file, text, language };
  if (language === "json") return { ...source, value: withoutSchema(await parseJson(source)) };
  if (language === "yaml") return { ...source, value: withoutSchema(await parseYaml(source)) };
  return { ...source, value: await importModule(source) };
}

function usualFile(cwd: string): string {
  const found = USUAL_FILES.find((name) => existsSync(join(cwd, name)));
  if (found === undefined)
    throw new UsageError(
      `there is no ${USUAL_FILES[0]} here: name the definition, or make one with murmur init`,
    );
  return join(cwd, found);
}

type Source = Omit<LoadedDefinition, "value">;

async function parseJson(source: Source): Promise<unknown> {
  let value: unknown;
  try {
    // The quick way, and the only one as long as nothing is wrong and nothing is commented.
    value = JSON.parse(source.text);
  } catch {
    const { parse, printParseErrorCode } = await import("jsonc-parser");
    const errors: ParseError[] = [];
    value = parse(source.text, errors, { allowTrailingComma: true });
    const [error] = errors;
    if (!error) return onceEach(source, value);
    const said = printParseErrorCode(error.error)
      .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
      .toLowerCase();
    throw unreadable(source, `is no JSON: ${said}`, positionAt(source.text, error.offset));
  }
  return hasRepeatedKeys(source.text, value) ? onceEach(source, value) : value;
}

/** The value, where no object has a key twice: JSON lets the last of them stand, in silence. */
async function onceEach(source: Source, value: unknown): Promise<unknown> {
  const again = await repeatedKey(source.text);
  if (!again) return value;
  const said = `${JSON.stringify(again.key)} stands here for the second time, and would go before the first: keep one`;
  throw unreadable(source, said, positionAt(source.text, again.offset));
}

async function parseYaml(source: Source): Promise<unknown> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(source.text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) throw unreadable(source, `is no YAML: ${error.message}`, positionAt(source.text, error.pos[0]));
  try {
    return document.toJS() as unknown;
  } catch (error) {
    // An alias of nothing, or of too much.
    throw unreadable(source, `is no YAML: ${(error as Error).message}`);
  }
}

/**
 * Imports a module with Node's own means, which Node 22.18 and later have for TypeScript; else with jiti, which also gives
 * it `@murmur/core` where the project has not installed it.
 */
async function importModule(source: Source): Promise<unknown> {
  const { file } = source;
  let exported: { default?: unknown };
  try {
    exported = await importNatively(file);
  } catch {
    try {
      exported = await importByJiti(file);
    } catch (error) {
      throw await failed(source, error);
    }
  }
  if (exported.default === undefined)
    throw unreadable(source, "has no default export: write export default define({ … })");
  return exported.default;
}

async function importNatively(file: string): Promise<{ default?: unknown }> {
  const isTypeScript = /\.m?ts$/.test(file);
  if (isTypeScript && !("typescript" in process.features && process.features.typescript))
    throw new Error("this Node reads no TypeScript");
  return (await import(pathToFileURL(file).href)) as { default?: unknown };
}

async function importByJiti(file: string): Promise<{ default?: unknown }> {
  const [{ createJiti }, core] = await Promise.all([import("jiti"), import("@murmur/core")]);
  const jiti = createJiti(import.meta.url, {
    moduleCache: false,
    fsCache: false,
    interopDefault: false,
    virtualModules: { "@murmur/core": core },
  });
  return jiti.import(file);
}

/** What a module fails with: what the builder says is wrong of a preset's options, or anything else, where it happened. */
async function failed(source: Source, error: unknown): Promise<UnreadableDefinition> {
  const { DefinitionError } = await import("@murmur/core");
  if (error instanceof DefinitionError) {
    const findings = error.issues.map(({ path, message }): Finding => ({
      severity: "error",
      code: "invalid",
      path,
      message,
    }));
    return new UnreadableDefinition(source, findings);
  }
  const { message, stack = "" } = error instanceof Error ? error : new Error(`throws ${String(error)}`);
  const said = message
    .split("\n")[0]!
    .replace(`${source.file}: `, "")
    .replace(/\(0 ?, ?\w+\.([\w$]+)\)/g, "$1")
    .trim();
  // Where a module cannot be read at all, who looks for places in it will find out.
  if (error instanceof SyntaxError || said.startsWith("ParseError: "))
    return unreadable(source, said.replace("ParseError: ", ""));
  const [, line] = new RegExp(`${escaped(source.file)}:(\\d+):\\d+`).exec(stack) ?? [];
  return unreadable(source, said, line === undefined ? undefined : placeIn(source.text, Number(line), said));
}

/** What jiti runs has the file's lines, but columns of its own: a name that is to blame is looked for in its line. */
function placeIn(text: string, line: number, said: string): Position {
  const written = text.split("\n")[line - 1] ?? "";
  const [, name] = /([\w$]+) is not (?:defined|a function)/.exec(said) ?? [];
  const at = name === undefined ? -1 : written.search(new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`));
  return { line, column: (at < 0 ? written.search(/\S|$/) : at) + 1 };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Editors complete JSON and YAML by `$schema`, which is no part of the definition. */
function withoutSchema(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$schema" in value)) return value;
  const { $schema: _schema, ...rest } = value;
  return rest;
}

function unreadable(source: Source, message: string, position?: Position): UnreadableDefinition {
  const finding: Finding = { severity: "error", code: "syntax", path: "", message };
  return new UnreadableDefinition(source, [position ? { ...finding, position } : finding]);
}

/** Line and column of a place in a text, from 1. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
