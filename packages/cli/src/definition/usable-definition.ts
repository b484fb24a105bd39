import type { Definition } from "@murmur/core";
import type { Terminal } from "../terminal/terminal.ts";
import { checkFile } from "./check-file.ts";

/** A definition is needed, and this one does not compile: what is wrong was said. */
export class WrongDefinition extends Error {
  readonly code = "definition";
}

/**
 * The definition of a file, for the commands that run it.
 *
 * @throws WrongDefinition after what is wrong was said, with code frames
 */
export async function usableDefinition(terminal: Terminal, file: string | undefined): Promise<Definition> {
  const checked = await checkFile(file, terminal.around.cwd);
  if (checked.definition) return checked.definition;
  if (terminal.json) terminal.answer({ ok: false, file: checked.source.file, findings: checked.findings });
  else (await import("./code-frame.ts")).showFindings(terminal, checked);
  throw new WrongDefinition(`${checked.source.file} does not compile`);
}
