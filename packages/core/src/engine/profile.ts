import type { Json } from "../log/entry.ts";
import type { Context } from "./context.ts";
import { explain, type Explanation } from "./explain.ts";
import { DeviceProfile } from "./device-profile.ts";

/** One customer under one definition, who can be explained and shown: at the edge, in tools and in the debug panel. */
export class Profile extends DeviceProfile {
  /** Why the profile is in a segment or not: the condition tree with what was measured; undefined for an unknown id. */
  explain(segmentId: string, context?: Context): Explanation | undefined {
    const condition = this.plan.conditions.get(segmentId);
    return condition && explain(this.plan, this.state, condition, this.visit(context));
  }

  /** What identify calls have said and not taken back. */
  traits(): Record<string, Json> {
    return this.state.valueOf(this.plan.traits) as Record<string, Json>;
  }
}
