import type { Condition } from "../definition/condition.ts";
import type { Json } from "../log/entry.ts";
import type { AskedNodes } from "../plan/asked-nodes.ts";
import type { Planner } from "../plan/planner.ts";
import type { Context } from "./context.ts";
import { DeviceProfile } from "./device-profile.ts";
import { explain, type Explanation } from "./explain.ts";
import type { Graph } from "./graph.ts";

/** One customer under one definition, who can be explained and shown: at the edge, in tools and in the debug panel. */
export class Profile extends DeviceProfile {
  readonly #planner: Planner;
  readonly #asked: AskedNodes;

  /** @internal Use `program.profile()`. */
  constructor(graph: Graph, definition: string, snapshot: unknown, planner: Planner, asked: AskedNodes) {
    super(graph, definition, snapshot);
    this.#planner = planner;
    this.#asked = asked;
  }

  /** Why the profile is in a segment or not: the condition tree with what was measured; undefined for an unknown id. */
  explain(segmentId: string, context?: Context): Explanation | undefined {
    const condition = this.#planner.conditions.get(segmentId);
    return condition && explain(this.#planner, this.graph, this.state, condition, this.visit(context));
  }

  /** Whether one of the conditions holds at the clock that are asked beside the definition's; no other does. */
  holds(condition: Condition): boolean {
    const node = this.#asked(condition);
    return node !== undefined && this.view().truth(node);
  }

  /** What identify calls have said and not taken back. */
  traits(): Record<string, Json> {
    return this.state.valueOf(this.graph.operators[0]!) as Record<string, Json>;
  }
}
