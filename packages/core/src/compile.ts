import { checkDefinition } from "./definition/check/check-definition.ts";
import type { Definition } from "./definition/definition.ts";
import { DefinitionError } from "./definition/definition-error.ts";
import type { Program } from "./engine/load-explained.ts";
import { loadWithJourneys } from "./journey/load-with-journeys.ts";

/**
 * Checks a definition from anywhere and makes it ready to run.
 *
 * @throws DefinitionError with everything that is wrong, each with its path and what to write instead
 * @example
 * const program = compile({ segments: { browser: { count: "Product Viewed", within: "7d", gt: 3 } } });
 */
export function compile(definition: unknown): Program {
  const issues = checkDefinition(definition);
  if (issues.length > 0) throw new DefinitionError(issues);
  // A copy: what the caller changes later is not what was checked.
  return loadWithJourneys(JSON.parse(JSON.stringify(definition)) as Definition);
}
