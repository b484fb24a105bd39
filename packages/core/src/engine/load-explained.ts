import type { Condition } from "../definition/condition.ts";
import type { Definition } from "../definition/definition.ts";
import { definitionHash } from "../definition/hash.ts";
import { askedNodes } from "../plan/asked-nodes.ts";
import { Planner } from "../plan/planner.ts";
import { Graph } from "./graph.ts";
import { Profile } from "./profile.ts";
import type { DeviceProgram } from "./program.ts";

/** A program that knows what it was made of, and whose profiles explain themselves. */
export interface Program extends DeviceProgram<Profile> {
  readonly definition: Definition;
  /** @internal */
  readonly planner: Planner;
}

/**
 * Makes a definition ready that was checked before, and whose profiles explain themselves: from a snapshot of a device's
 * profile, why it is where it is. What is `asked` beside, `Profile.holds` answers.
 */
export function loadExplained(definition: Definition, asked: readonly Condition[] = []): Program {
  const planner = new Planner(definition, asked);
  const { plan } = planner;
  const nodes = askedNodes(planner, asked);
  const graph = new Graph(plan);
  const { slots } = graph;
  const hash = definitionHash(definition);
  const profile = (snapshot: unknown): Profile => new Profile(graph, hash, snapshot, planner, nodes);
  return { hash, plan, slots, definition, planner, profile };
}
