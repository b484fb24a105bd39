import type { Context } from "./context.ts";
import { explain, type Explanation } from "./explain.ts";
import { Profile } from "./profile.ts";

/** A profile that explains itself: for tools, the edge and the debug panel. What every page loads does without. */
export class ExplainedProfile extends Profile {
  /** Why the profile is in a segment or not: the condition tree with what was measured; undefined for an unknown id. */
  explain(segmentId: string, context?: Context): Explanation | undefined {
    const condition = this.plan.conditions.get(segmentId);
    return condition && explain(this.plan, this.state, condition, this.visit(context));
  }
}
