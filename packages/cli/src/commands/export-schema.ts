import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The JSON Schema of a definition, as text. */
export async function definitionSchemaText(): Promise<string> {
  return readFile(createRequire(import.meta.url).resolve("@murmur/core/murmur.schema.json"), "utf8");
}

/** `murmur export-schema [file]` */
export async function exportSchema(terminal: Terminal, file: string | undefined): Promise<ExitCode> {
  const text = await definitionSchemaText();
  if (file === undefined) {
    terminal.around.stdout.write(text);
    return EXIT.ok;
  }
  const target = resolve(terminal.around.cwd, file);
  await writeFile(target, text);
  if (terminal.json) terminal.answer({ file: target });
  else terminal.say(`written: ${target}`);
  return EXIT.ok;
}
