import { canonical } from "../../definition/canonical.ts";
import type { Condition } from "../../definition/condition.ts";
import { testOf } from "../../filter/test-of.ts";
import { comparisonOf, planComparison } from "../../plan/plan-comparison.ts";
import type { LintFinding, LintRule } from "../finding.ts";
import { OPPOSITES } from "../interval.ts";
import { measured, type Measured, type Measures } from "../measured.ts";
import { parts, roots } from "../walk.ts";

/** Measures that are there even when no event is. */
const ALWAYS_THERE = new Set(["count", "sum", "distinct"]);

/** `not` over a measure that may be missing: it is true of everybody who has no such event, too. */
export const negationTraps: LintRule = (definition) =>
  roots(definition).flatMap(({ condition, path }) =>
    trapsIn(condition, path, { negated: false, beside: [] }, definition.measures ?? {}),
  );

interface Place {
  /** Whether an odd number of `not` stands above. */
  negated: boolean;
  /** What has to be true besides. */
  beside: readonly Condition[];
}

function trapsIn(condition: Condition, path: string, place: Place, measures: Measures): LintFinding[] {
  const leaf = measured(condition, measures);
  if (leaf) {
    const isTrap = place.negated && !ALWAYS_THERE.has(leaf.kind);
    return isTrap && !place.beside.some((other) => demands(other, leaf, measures))
      ? [finding(leaf, path)]
      : [];
  }
  const negated = "not" in condition ? !place.negated : place.negated;
  const beside = "all" in condition && !place.negated ? [...place.beside, ...flat(condition)] : place.beside;
  return parts(condition, path).flatMap((part) =>
    trapsIn(part.condition, part.path, { negated, beside }, measures),
  );
}

/** The conditions of an `all`, and of those right in it. */
function flat(condition: Condition): Condition[] {
  return "all" in condition ? condition.all.flatMap(flat) : [condition];
}

/**
 * Whether a condition is true only of those who have the measure: it measures the same, or asks for one at least of the same
 * events, or of some of them.
 */
function demands(condition: Condition, leaf: Measured, measures: Measures): boolean {
  const negated = "not" in condition;
  const inner = negated ? condition.not : condition;
  const other = measured(inner, measures);
  if (!other) return false;
  if (other.key === leaf.key) return !negated;
  if (other.kind !== "count" || !leaf.kind.startsWith("since") || !isAmong(other, leaf)) return false;
  return testOf(planComparison(comparisonOf(inner), false).test)(0) === negated;
}

/** Whether the events of one measure are all among those of another. */
function isAmong({ measure, selector }: Measured, all: Measured): boolean {
  const { within, after } = all.measure;
  const [own, others] = [measure, all.measure].map((each) =>
    canonical([each.within ?? null, each.after ?? null]),
  );
  const isWhole = within === undefined && after === undefined;
  return canonical(selector) === canonical(all.selector) && (isWhole || own === others);
}

function finding({ kind, comparison }: Measured, path: string): LintFinding {
  const opposite = OPPOSITES[comparison];
  const instead = opposite
    ? `write the opposite without not, ${opposite} in place of ${comparison}`
    : "put a condition on the same measure beside it under all";
  return {
    code: "negation-trap",
    path,
    message: `not is true here of those without any such event too, of whom ${kind} is missing: if that is not meant, ${instead}`,
    severity: "warning",
  };
}
