import { testOf } from "../filter/test-of.ts";
import { EventIndex } from "./event-index.ts";
import type { Node } from "./node.ts";
import type { Operator } from "./operator.ts";
import { createOperator } from "./operators/create-operator.ts";
import { PLAN_VERSION, type NodePlan, type Plan } from "./plan.ts";
import type { SlotPlan } from "./slot-plan.ts";

export interface GraphOperator {
  at: number;
  /** The last of the leaves that test its value. */
  leaf: Node | undefined;
  operator: Operator;
}

export interface GraphSegment {
  at: number;
  id: string;
  node: Node;
}

/** A plan that this engine does not know. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  readonly code = "plan_unknown";

  constructor() {
    super("plan_unknown: load the tag anew");
  }
}

/** A plan brought to life: shared by any number of profiles, and never changed. */
export class Graph {
  readonly operators: readonly GraphOperator[];
  /** By their position in the plan. */
  readonly all: readonly Node[];
  /** The nodes that every profile keeps. */
  readonly nodes: readonly Node[];
  /** By id. Those that reach the context are asked for a page or a request, never kept. */
  readonly segments: readonly GraphSegment[];
  readonly measures: ReadonlyMap<string, number>;
  readonly slots: ReadonlyMap<string, SlotPlan>;
  readonly index: EventIndex;

  /** Throws a PlanError when the plan is of another version. */
  constructor(plan: Plan) {
    if (plan.version !== PLAN_VERSION) throw new PlanError();
    this.operators = plan.operators.map((operator, at) => ({
      at,
      leaf: undefined,
      operator: createOperator(operator),
    }));
    const all: Node[] = [];
    for (const node of plan.nodes)
      all.push(nodeOf(node, all.length < plan.kept ? all.length : -1, this.operators, all));
    this.all = all;
    this.nodes = all.slice(0, plan.kept);
    this.segments = plan.segments.map(([id, node], at) => {
      const segment = { at, id, node: all[node]! };
      segment.node.segments.push(segment);
      return segment;
    });
    this.measures = new Map(plan.measures);
    this.slots = new Map(plan.slots);
    this.index = new EventIndex(plan.private);
    plan.operators.forEach(({ inputs }, at) => {
      for (const input of inputs) this.index.add(input, this.operators[at]!);
    });
  }
}

function nodeOf(plan: NodePlan, at: number, operators: readonly GraphOperator[], all: readonly Node[]): Node {
  const isLeaf = "test" in plan;
  const planned = isLeaf && plan.operator !== undefined ? operators[plan.operator] : undefined;
  // Every member from the first, the busiest in front: so that one is found in as little memory as can be.
  const node: Node = {
    at,
    holds: isLeaf ? testOf(plan.test) : undefined,
    next: planned?.leaf,
    parents: [],
    segments: [],
    planned,
    parts: isLeaf ? undefined : plan.parts.map((part) => all[part]!),
    min: isLeaf ? undefined : plan.min,
    negate: !isLeaf && !!plan.negate,
  };
  if (planned) planned.leaf = node;
  // What reaches the context is not kept, and so never told of its parts.
  if (at >= 0) for (const part of node.parts ?? []) part.parents.push(node);
  return node;
}
