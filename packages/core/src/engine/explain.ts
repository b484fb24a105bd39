import type { Condition } from "../definition/condition.ts";
import type { Comparison } from "../definition/measure.ts";
import type { Scalar } from "../log/entry.ts";
import type { Context } from "./context.ts";
import { opens, type Node } from "./node.ts";
import { comparisonOf } from "../plan/plan-comparison.ts";
import { enoughFor, type Computed } from "../plan/plan-operator.ts";
import type { Planner } from "../plan/planner.ts";
import type { Graph } from "./graph.ts";
import type { Operator } from "./operator.ts";
import type { ProfileState } from "./profile-state.ts";

/** Why a condition is true or false at the profile's clock. */
export interface Explanation {
  /** The condition as it is written. */
  condition: Condition;
  result: boolean;
  /** Of a measure: what it is now; absent when it is missing. */
  value?: Scalar;
  /** True when the real value may be higher: no more was kept than the definition can tell apart. */
  atLeast?: true;
  /** Of a measure: what it is held against. */
  wanted?: Comparison;
  /** The instant, ms, at which time alone will change `result`; absent when it will not. */
  until?: number;
  /** What the condition is made of. */
  of?: Explanation[];
}

/** Explains a condition, for a visit where it reaches the context. */
export function explain(
  planner: Planner,
  graph: Graph,
  state: ProfileState,
  condition: Condition,
  context: Context | undefined,
): Explanation {
  const node = graph.truths[planner.nodeOf(condition)]!;
  const explanation: Explanation = { condition, result: state.isTrue(node, context) };
  const until = changeOf(graph, state, node, (leaf) => state.isTrue(leaf, context));
  if (until < Infinity) explanation.until = until;
  const parts = partsOf(condition, planner);
  if (parts.length > 0) {
    explanation.of = parts.map((part) => explain(planner, graph, state, part, context));
    return explanation;
  }
  const wanted = comparisonOf(condition);
  if (wanted) {
    const { at, computed, edges } = planner.operatorOf(condition);
    const value = state.valueOf(graph.computed[at]!) as Scalar | undefined;
    explanation.wanted = wanted;
    if (value !== undefined) explanation.value = value;
    if (isCounted(computed) && (value as number) >= enoughFor(edges)) explanation.atLeast = true;
  }
  return explanation;
}

/** The first instant after the clock at which a node is other than now, if nothing happens; Infinity if there is none. */
function changeOf(
  { computed }: Graph,
  state: ProfileState,
  node: Node,
  isTrue: (leaf: Node) => boolean,
): number {
  const under = new Set(leavesUnder(node));
  // Copies of the states on which it rests, which move on alone, each when it is due.
  const moving = computed.flatMap((operator) => {
    const leaves = leavesOf(operator).filter((leaf) => under.has(leaf));
    if (leaves.length === 0) return [];
    const copy = copyOf(state.stateOf(operator)) as never;
    return { operator, leaves, copy, due: operator.computing.due(operator, copy, state.clock) };
  });
  const truths = new Map<Node, boolean>();
  const now = truthOf(node, isTrue);
  for (;;) {
    const clock = moving.reduce((next, { due }) => Math.min(next, due), Infinity);
    if (clock === Infinity) return clock;
    for (const each of moving.filter(({ due }) => due === clock)) {
      const { operator, leaves, copy } = each;
      operator.computing.prune?.(operator, copy, clock);
      const value = operator.computing.value(operator, copy, clock);
      for (const leaf of leaves) truths.set(leaf, leaf.holds!(value));
      each.due = operator.computing.due(operator, copy, clock);
    }
    if (truthOf(node, (leaf) => truths.get(leaf) ?? isTrue(leaf)) !== now) return clock;
  }
}

function partsOf(condition: Condition, { conditions }: Planner): readonly Condition[] {
  if ("all" in condition) return condition.all;
  if ("any" in condition) return condition.any;
  if ("not" in condition) return [condition.not];
  if ("atLeast" in condition) return condition.of;
  return "segment" in condition ? [conditions.get(condition.segment)!] : [];
}

/** Whether it is a number of events of which no more are kept than the definition can tell apart. */
function isCounted(computed: Computed): boolean {
  if ("count" in computed) return computed.within !== undefined || computed.after !== undefined;
  return "distinct" in computed;
}

/** Whether a node is true, its leaves being so. */
function truthOf(node: Node, isTrue: (leaf: Node) => boolean): boolean {
  return node.parts ? opens(node, (part) => truthOf(part, isTrue)) : isTrue(node);
}

/** The leaves on which a node rests. */
function leavesUnder(node: Node): Node[] {
  return node.parts ? node.parts.flatMap(leavesUnder) : [node];
}

/** The leaves that test the value of an operator. */
function leavesOf({ leaf }: Operator): Node[] {
  const leaves: Node[] = [];
  for (; leaf; leaf = leaf.following) leaves.push(leaf);
  return leaves;
}

function copyOf(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state));
}
