import type { Definition } from "../definition/definition.ts";

/** Something in a definition that runs, but hardly does what was meant. */
export interface LintFinding {
  /** Stable. */
  code:
    | "negation-trap"
    | "window-beyond-log"
    | "never-true"
    | "always-true"
    | "unused-measure"
    | "duplicate-segment"
    | "never-wins";
  /** Where: the keys from the definition's root, joined by dots, list positions in brackets. */
  path: string;
  /** What is odd there, and what to write instead. */
  message: string;
  /** `warning`: most likely a mistake. `info`: worth knowing, may well be meant. */
  severity: "warning" | "info";
}

export interface LintOptions {
  /** How long events stay in the log, ms. */
  keptFor: number;
}

/** A rule: what it finds in a definition that passed the check. */
export type LintRule = (definition: Definition, options: LintOptions) => readonly LintFinding[];
