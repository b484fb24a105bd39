import type { Json } from "../log/entry.ts";
import type { Planner } from "../plan/planner.ts";
import type { Context } from "./context.ts";
import { DeviceProfile } from "./device-profile.ts";
import { explain, type Explanation } from "./explain.ts";
import type { Graph } from "./graph.ts";

/** One customer under one definition, who can be explained and shown: at the edge, in tools and in the debug panel. */
export class Profile extends DeviceProfile {
  readonly #planner: Planner;

  /** @internal Use `program.profile()`. */
  constructor(graph: Graph, definition: string, snapshot: unknown, planner: Planner) {
    super(graph, definition, snapshot);
    this.#planner = planner;
  }

  /** Why the profile is in a segment or not: the condition tree with what was measured; undefined for an unknown id. */
  explain(segmentId: string, context?: Context): Explanation | undefined {
    const condition = this.#planner.conditions.get(segmentId);
    return condition && explain(this.#planner, this.graph, this.state, condition, this.visit(context));
  }

  /** What identify calls have said and not taken back. */
  traits(): Record<string, Json> {
    return this.state.valueOf(this.graph.operators[0]!) as Record<string, Json>;
  }
}
