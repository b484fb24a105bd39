import type { Definition } from "../definition/definition.ts";
import { loadExplained, type Program } from "../engine/load-explained.ts";
import { journeyConditions } from "./journey-conditions.ts";

/** `loadExplained`, whose profiles also answer what the definition's journeys ask: at the edge, and in a dry run. */
export function loadWithJourneys(definition: Definition): Program {
  return loadExplained(definition, journeyConditions(definition));
}
