import { testOf } from "../filter/test-of.ts";
import { eventIndex, type EventIndex } from "./event-index.ts";
import type { Node } from "./node.ts";
import type { Operator } from "./operator.ts";
import { operatorOf } from "./operators/operator-of.ts";
import { PLAN_VERSION, type LeafPlan, type MadePlan, type Plan } from "./plan.ts";

/** A plan that this engine does not know. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  readonly code = "plan_unknown";
}

/** A plan brought to life: shared by any number of profiles, and never changed. */
export interface Graph {
  plan: Plan;
  computed: readonly Operator[];
  /** By their position in the plan. */
  truths: readonly Node[];
  taken: EventIndex;
}

/** Throws a PlanError when the plan is of another version. */
export function graphOf(plan: Plan): Graph {
  if (plan.version !== PLAN_VERSION) throw new PlanError("plan_unknown: load the tag anew");
  const computed = plan.operators.map(operatorOf);
  const truths: Node[] = [];
  for (const each of plan.nodes) {
    const { operator, test, parts, min = 0, negate = false } = each as Partial<LeafPlan & MadePlan>;
    // The busiest members in front: so that one is found in as little memory as can be.
    const node: Node = {
      at: truths.length < plan.kept ? truths.length : -1,
      holds: test && testOf(test),
      following: computed[operator!]?.leaf,
      parents: [],
      decides: [],
      parts: parts?.map((part) => truths[part]!),
      min,
      negate,
    };
    truths.push(node);
    if (operator !== undefined) computed[operator]!.leaf = node;
    // What reaches the context is not kept, and so never told of its parts.
    if (node.at >= 0) node.parts?.forEach(({ parents }) => parents.push(node));
  }
  plan.segments.forEach(([, node], at) => truths[node]!.decides.push(at));
  return { plan, computed, truths, taken: eventIndex(plan, computed) };
}
