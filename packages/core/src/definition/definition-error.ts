export interface DefinitionIssue {
  /** Where: the keys from the definition's root, joined by dots, list positions in brackets. */
  path: string;
  /** What is wrong there, and what to write instead. */
  message: string;
}

/** A definition that cannot be run. `issues` has all that is wrong with it, not just the first. */
export class DefinitionError extends Error {
  readonly code = "definition_invalid";
  readonly issues: readonly DefinitionIssue[];

  constructor(issues: readonly DefinitionIssue[]) {
    super(issues.map(({ path, message }) => `${path === "" ? "definition" : path}: ${message}`).join("\n"));
    this.name = "DefinitionError";
    this.issues = issues;
  }
}
