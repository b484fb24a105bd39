import type { LintFinding, LintRule } from "../finding.ts";
import { Folding } from "../fold.ts";
import { roots } from "../walk.ts";

/** A segment whose members are nobody or everybody, whatever happens. A variant for everybody is how a slot ends. */
export const constantSegments: LintRule = (definition) => {
  const folding = new Folding(definition);
  return roots(definition).flatMap(({ condition, path, segment }): LintFinding[] => {
    const result = folding.fold(condition, path);
    if (!result || (result.value && segment === undefined)) return [];
    const { value, because } = result;
    const message = value ? `is true of everybody, always: ${because}` : `can never be true: ${because}`;
    const saysSo = "all" in condition && condition.all.length === 0;
    return [
      { code: value ? "always-true" : "never-true", path, message, severity: saysSo ? "info" : "warning" },
    ];
  });
};
