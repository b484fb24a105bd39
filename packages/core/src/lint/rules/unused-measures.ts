import { measuresIn } from "../../definition/expression.ts";
import { conditionsOf } from "../../journey/journey-conditions.ts";
import type { LintFinding, LintRule } from "../finding.ts";
import { everyCondition, roots } from "../walk.ts";

/** A named measure that no condition asks for, and no text. The page may still read it, so this is for information. */
export const unusedMeasures: LintRule = (definition) => {
  const { slots, experiments, journeys = {}, templates } = definition;
  const asked = [
    ...roots(definition).map(({ condition }) => condition),
    ...Object.values(journeys).flatMap(conditionsOf),
  ];
  const used = new Set([
    ...asked
      .flatMap((condition) => everyCondition(condition, ""))
      .flatMap(({ condition }) => ("measure" in condition ? [condition.measure] : [])),
    ...measuresIn([slots, experiments, journeys, templates]),
  ]);
  return Object.keys(definition.measures ?? {})
    .filter((name) => !used.has(name))
    .map((name): LintFinding => ({
      code: "unused-measure",
      path: `measures.${name}`,
      message: "no condition asks for this measure: take it out, unless the page reads it",
      severity: "info",
    }));
};
