import { expect } from "vitest";
import { checkDefinition, compile, DefinitionError, type DefinitionIssue } from "../../src/index.ts";

/** The issues of a definition that must not compile. */
export function issuesOf(definition: unknown): readonly DefinitionIssue[] {
  try {
    compile(definition);
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    const { issues } = error as DefinitionError;
    expect(checkDefinition(definition)).toEqual(issues);
    return issues;
  }
  return [];
}

/** The issues of a segment `s` with this condition. */
export function ofSegment(when: unknown): readonly DefinitionIssue[] {
  return issuesOf({ segments: { s: when } });
}
