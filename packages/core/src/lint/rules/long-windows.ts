import type { Condition } from "../../definition/condition.ts";
import { milliseconds, type Duration } from "../../definition/duration.ts";
import type { LintFinding, LintRule } from "../finding.ts";
import { measured, type Measures } from "../measured.ts";
import { everyCondition, roots } from "../walk.ts";

const DAY = 864e5;

/** Looks further back than the log goes: what a new segment would miss. */
export const longWindows: LintRule = (definition, { keptFor }) => {
  const measures = definition.measures ?? {};
  const named = Object.entries(measures).flatMap(([name, measure]) => lengthOf(measure, `measures.${name}`));
  const inConditions = roots(definition)
    .flatMap(({ condition, path }) => everyCondition(condition, path))
    .flatMap(({ condition, path }) => lengths(condition, path, measures));
  return [...named, ...inConditions]
    .filter(({ ms }) => ms > keptFor)
    .map(({ path, ms }): LintFinding => ({
      code: "window-beyond-log",
      path,
      message: `looks back ${days(ms)}, but the log is kept for ${days(keptFor)}: shorten it, or keep the log for longer`,
      severity: "warning",
    }));
};

interface Length {
  path: string;
  ms: number;
}

function lengths(condition: Condition, path: string, measures: Measures): Length[] {
  if ("trend" in condition) {
    const { every, periods } = condition;
    return [{ path: `${path}.every`, ms: milliseconds(every) * (periods + 1) }];
  }
  if ("sequence" in condition) {
    const span =
      condition.span === undefined ? [] : [{ path: `${path}.span`, ms: milliseconds(condition.span) }];
    return [...span, ...lengthOf(condition, path)];
  }
  const leaf = measured(condition, measures);
  if (!leaf) return [];
  const threshold = leaf.kind.startsWith("since")
    ? [{ path: `${path}.${leaf.comparison}`, ms: Math.max(...(leaf.wanted as number[])) }]
    : [];
  return [...threshold, ...lengthOf(condition, path)];
}

function lengthOf(holder: object, path: string): Length[] {
  const { within } = holder as { within?: Duration | "session" };
  return within === undefined || within === "session"
    ? []
    : [{ path: `${path}.within`, ms: milliseconds(within) }];
}

function days(ms: number): string {
  return `${Math.round((ms / DAY) * 10) / 10} days`;
}
