/** A definition as it was read, before anybody knows whether it is one. */
export interface LoadedDefinition {
  file: string;
  /** What the file says. */
  text: string;
  /** How it is written: JSON (with comments), YAML, or a module that exports it. */
  language: "json" | "yaml" | "module";
  value: unknown;
}

/** A place in a file, both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Something that is wrong or odd, where it stands. */
export interface Finding {
  severity: "error" | "warning" | "info";
  /** Stable, of what is odd; what does not compile has `invalid`, what cannot be read `syntax`. */
  code: string;
  /** Keys from the definition's root. */
  path: string;
  message: string;
  /** Absent where the file does not show it. */
  position?: Position;
}

/** The file could not be read as a definition at all. */
export class UnreadableDefinition extends Error {
  readonly code = "syntax";
  readonly loaded: Omit<LoadedDefinition, "value">;
  readonly findings: readonly Finding[];

  constructor(loaded: Omit<LoadedDefinition, "value">, findings: readonly Finding[]) {
    super(findings[0]?.message ?? "cannot be read");
    this.loaded = loaded;
    this.findings = findings;
  }
}
