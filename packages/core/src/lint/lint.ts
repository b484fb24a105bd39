import type { Definition } from "../definition/definition.ts";
import { milliseconds, type Duration } from "../definition/duration.ts";
import type { LintFinding, LintRule } from "./finding.ts";
import { constantSegments } from "./rules/constant-segments.ts";
import { duplicateSegments } from "./rules/duplicate-segments.ts";
import { longWindows } from "./rules/long-windows.ts";
import { negationTraps } from "./rules/negation-traps.ts";
import { neverWins } from "./rules/never-wins.ts";
import { unusedMeasures } from "./rules/unused-measures.ts";

const RULES: readonly LintRule[] = [
  negationTraps,
  longWindows,
  constantSegments,
  unusedMeasures,
  duplicateSegments,
  neverWins,
];

/**
 * What in a definition hardly does what was meant. Takes a definition that passed the check.
 *
 * @param options.keptFor how long the host keeps events
 * @example
 * lint({ segments: { dormant: { not: { sinceLast: "Order Completed", lt: "90d" } } } });
 */
export function lint(
  definition: Definition,
  { keptFor = "400d" }: { keptFor?: Duration } = {},
): LintFinding[] {
  return RULES.flatMap((rule) => rule(definition, { keptFor: milliseconds(keptFor) }));
}
