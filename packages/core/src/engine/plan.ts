import { canonical } from "../definition/canonical.ts";
import type { Condition, SequenceCondition, TrendCondition } from "../definition/condition.ts";
import type { Lowered } from "../definition/lower.ts";
import { isOfScalars, type OwnMeasure } from "../definition/measure.ts";
import { compileFilter } from "../filter/filter.ts";
import { compileComparison, uncompared, type CompiledTest } from "./comparison.ts";
import { EventIndex } from "./event-index.ts";
import { getOrAdd } from "./get-or-add.ts";
import type { Node } from "./node.ts";
import type { Operator } from "./operator.ts";
import { createOperator, TRAITS } from "./operators/create-operator.ts";

/** What an operator computes. */
export type Computed = OwnMeasure | SequenceCondition | TrendCondition | typeof TRAITS;

export interface PlannedOperator {
  at: number;
  computed: Computed;
  /** Leaves that test its value. */
  leaf: Node | undefined;
  edges: number[];
  operator: Operator;
}

export interface PlannedSegment {
  at: number;
  id: string;
  node: Node;
}

/**
 * A definition made ready, which was checked before: operators, and a graph of truths over them in which everything that
 * is written twice stands once.
 */
export class Plan {
  readonly operators: PlannedOperator[] = [];
  readonly traits: PlannedOperator;
  /** The nodes that every profile keeps, parts before what is made of them. */
  readonly nodes: Node[] = [];
  /** By id. Those that reach the context are asked for a page or a request, never kept. */
  readonly segments: PlannedSegment[];
  readonly measures = new Map<string, PlannedOperator>();
  /** The condition of each segment. */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** The conditions that decisions ask for, by `slotKey` and `experimentKey`. */
  readonly decisions: ReadonlyMap<string, Node[]>;
  readonly index: EventIndex;
  /** What stands once, by what it says. */
  readonly #known = new Map<string, unknown>();

  constructor({ segments, measures = {}, decisions, private: secret }: Lowered) {
    this.conditions = new Map(
      Object.entries(segments).map(([id, segment]) => [id, "when" in segment ? segment.when : segment]),
    );
    this.traits = this.#operatorOf(TRAITS);
    for (const [name, measure] of Object.entries(measures)) {
      const planned = this.#operatorOf(measure);
      planned.edges.push(Infinity);
      this.measures.set(name, planned);
    }
    this.segments = [...this.conditions.keys()].sort().map((id, at) => {
      const segment = { at, id, node: this.#segment(id) };
      segment.node.segments.push(segment);
      return segment;
    });
    this.decisions = new Map(
      Object.entries(decisions).map(([key, conditions]) => [
        key,
        conditions.map((condition) => this.nodeOf(condition)),
      ]),
    );
    this.index = new EventIndex(secret);
    for (const planned of this.operators) {
      planned.operator = createOperator(planned.computed, planned.edges);
      planned.operator.inputs.forEach((selector, input) => {
        if (selector !== undefined) this.index.add(selector, planned, input);
      });
    }
  }

  /** The node of a condition of the definition. */
  nodeOf(condition: Condition): Node {
    if ("segment" in condition) return this.#segment(condition.segment);
    if ("context" in condition) return this.#node(undefined, { holds: compileFilter(condition.context) });
    if ("trait" in condition) {
      const { trait } = condition;
      return this.#leaf(this.traits, { wanted: trait, holds: compileFilter(trait), edges: [] });
    }
    if ("all" in condition) return this.#made(condition.all, condition.all.length);
    if ("any" in condition) return this.#made(condition.any, 1);
    if ("not" in condition) return this.#made([condition.not], 1, true);
    if ("atLeast" in condition) return this.#made(condition.of, condition.atLeast);
    const planned = this.#operatorOf(condition);
    const ofScalars = isOfScalars(planned.computed);
    return this.#leaf(planned, compileComparison(condition, ofScalars));
  }

  /** The operator that computes a measure, a sequence or a trend. */
  #operatorOf(condition: object): PlannedOperator {
    if ("measure" in condition) return this.measures.get(condition.measure as string)!;
    const computed = uncompared(condition) as Computed;
    return this.#once(canonical(computed), () => {
      const at = this.operators.length;
      return (this.operators[at] = {
        at,
        leaf: undefined,
        operator: undefined as never,
        computed,
        edges: [],
      });
    });
  }

  #segment(id: string): Node {
    return this.#once(`segment ${id}`, () => this.nodeOf(this.conditions.get(id)!));
  }

  #leaf(planned: PlannedOperator, { edges, ...test }: CompiledTest): Node {
    return this.#node(`${planned.at} ${canonical(test.wanted)}`, { planned, ...test }, (leaf) => {
      leaf.next = planned.leaf;
      planned.leaf = leaf;
      planned.edges.push(...edges);
    });
  }

  #made(conditions: readonly Condition[], min: number, negate = false): Node {
    const parts = conditions.map((condition) => this.nodeOf(condition));
    // As text, -1 is first.
    const positions = parts.map(({ at }) => at).sort();
    const key = positions[0]! < 0 ? undefined : `${negate} ${min} ${positions.join()}`;
    return this.#node(key, { parts, min, negate }, (node) => {
      for (const part of parts) part.parents.push(node);
    });
  }

  /** The node of a key, which is kept; a new one each time without, which is not. */
  #node(key: string | undefined, own: Partial<Node>, added?: (node: Node) => void): Node {
    // Every member from the first, the busiest in front: so that one is found in as little memory as can be.
    // The busiest members first: what is in the literal is found in as little memory as can be.
    const node: Node = { at: -1, holds: own.holds, next: undefined, parents: [], segments: [], ...own };
    if (key === undefined) return node;
    return this.#once(key, () => {
      node.at = this.nodes.push(node) - 1;
      added?.(node);
      return node;
    });
  }

  #once<Value>(key: string, make: () => Value): Value {
    return getOrAdd(this.#known, key, make) as Value;
  }
}
