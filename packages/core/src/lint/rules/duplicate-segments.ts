import { canonical } from "../../definition/canonical.ts";
import { segmentDefinition } from "../../definition/definition.ts";
import type { LintFinding, LintRule } from "../finding.ts";

/** Two segments with the same condition at the same place have the same members. */
export const duplicateSegments: LintRule = (definition) => {
  const seen = new Map<string, string>();
  return Object.entries(definition.segments).flatMap(([id, segment]): LintFinding[] => {
    const { when, evaluate = "both" } = segmentDefinition(segment);
    const key = canonical([when, evaluate]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, id);
      return [];
    }
    const message = `has the same condition as ${JSON.stringify(first)}: write { "segment": ${JSON.stringify(first)} }, or keep one`;
    return [{ code: "duplicate-segment", path: `segments.${id}`, message, severity: "info" }];
  });
};
