import { checkDefinition, lint, type Definition, type Duration } from "@murmur/core";
import { located } from "./locate.ts";
import { UnreadableDefinition, type Finding, type LoadedDefinition } from "./loaded-definition.ts";
import { readDefinition } from "./read-definition.ts";

/** A definition, and everything that is to be said of it, in the order in which it stands in the file. */
export interface CheckedFile {
  source: Omit<LoadedDefinition, "value">;
  /** Absent where it does not compile. */
  definition?: Definition;
  findings: Finding[];
}

/**
 * Reads a definition, checks it, and where nothing is wrong, looks for what hardly does what was meant.
 *
 * @throws UsageError when there is no such file
 */
export async function checkFile(
  file: string | undefined,
  cwd: string,
  { keptFor = "400d" as Duration } = {},
): Promise<CheckedFile> {
  let loaded: LoadedDefinition;
  try {
    loaded = await readDefinition(file, cwd);
  } catch (error) {
    if (!(error instanceof UnreadableDefinition)) throw error;
    return { source: error.loaded, findings: await located(error.loaded, error.findings) };
  }
  const issues = checkDefinition(loaded.value);
  if (issues.length > 0) {
    const findings = issues.map((issue): Finding => ({ severity: "error", code: "invalid", ...issue }));
    return { source: loaded, findings: inOrder(await located(loaded, findings)) };
  }
  // Plain JSON from here on, as compile has it: what the builder's objects hide stays hidden.
  const definition = JSON.parse(JSON.stringify(loaded.value)) as Definition;
  const findings = lint(definition, { keptFor }).map((finding): Finding => ({ ...finding }));
  return {
    source: loaded,
    definition,
    findings: inOrder(await located({ ...loaded, value: definition }, findings)),
  };
}

function inOrder(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => (a.position?.line ?? 0) - (b.position?.line ?? 0));
}
