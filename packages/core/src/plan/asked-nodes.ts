import { canonical } from "../definition/canonical.ts";
import type { Condition } from "../definition/condition.ts";
import type { Planner } from "./planner.ts";

/** The node of a condition that is asked beside those of the definition; none of any other. */
export type AskedNodes = (condition: Condition) => number | undefined;

/** Finds the nodes of what a planner was asked beside, by what it says: the conditions are asked again and again. */
export function askedNodes(planner: Planner, asked: readonly Condition[]): AskedNodes {
  const nodes = new Map(asked.map((condition) => [canonical(condition), planner.nodeOf(condition)]));
  const found = new WeakMap<Condition, number | undefined>();
  return (condition) => {
    if (!found.has(condition)) found.set(condition, nodes.get(canonical(condition)));
    return found.get(condition);
  };
}
