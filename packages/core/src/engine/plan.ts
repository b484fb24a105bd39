import { canonical } from "../definition/canonical.ts";
import type { Condition, SequenceCondition, TrendCondition } from "../definition/condition.ts";
import { segmentDefinition, type Definition } from "../definition/definition.ts";
import {
  COMPARISONS,
  MEASURE_FORMS,
  measureKind,
  type Comparison,
  type Measure,
  type OwnMeasure,
} from "../definition/measure.ts";
import { compileFilter, filterRoots } from "../filter/filter.ts";
import type { Test } from "../filter/filter-operators.ts";
import { compileComparison, IS_TRUE, type CompiledComparison } from "./comparison.ts";
import type { Asked } from "./contextual.ts";
import { EventIndex } from "./event-index.ts";
import type { Operator } from "./operator.ts";
import { createOperator } from "./operators/create-operator.ts";

/** A comparison of one operator's value, and the node that holds its truth. */
interface ValueTest {
  node: number;
  comparison: CompiledComparison;
}

export interface PlannedOperator {
  computed: Computed;
  operator: Operator;
  tests: ValueTest[];
}

/** A filter over the traits, the traits that it reads, and the node that holds its truth. */
interface TraitTest {
  node: number;
  matches: Test;
  roots: string[];
}

/** True when at least `min` of its children are, or, negated, when fewer are. A leaf has no gate. */
export interface Gate {
  min: number;
  negate: boolean;
}

/**
 * A definition made ready: operators, and a graph of truths over them in which everything that is written twice
 * stands once. Nodes are numbered so that children come before parents.
 */
export interface Plan {
  definition: Definition;
  operators: PlannedOperator[];
  /** Operator of a measure, a sequence or a trend, by its key. */
  operatorOf: ReadonlyMap<string, number>;
  traitTests: TraitTest[];
  gates: (Gate | undefined)[];
  parents: number[][];
  children: number[][];
  /** Ids of the segments that are kept, sorted, and the node of each. */
  segments: string[];
  segmentNodes: number[];
  /** For each node, the segments (positions in `segments`) that it decides. */
  segmentsAt: number[][];
  /** Segments that reach the context: asked for a page or a request, never kept. By id, sorted. */
  contextual: ReadonlyMap<string, Asked>;
  /** For each slot, the `when` of each variant. */
  slots: ReadonlyMap<string, Asked[]>;
  index: EventIndex;
}

/** What an operator computes. */
export type Computed = OwnMeasure | SequenceCondition | TrendCondition;

/** What a condition needs computed, a name resolved; nothing for those that only combine others. */
export function computedOf(condition: Condition | Measure, definition: Definition): Computed | undefined {
  if ("measure" in condition) return definition.measures?.[condition.measure];
  if ("sequence" in condition || "trend" in condition) return condition;
  return measureKind(condition) === undefined ? undefined : (condition as OwnMeasure);
}

/** What is computed, without the comparison that stands beside it, as one key. */
export function computedKey(computed: Computed): string {
  return canonical(
    Object.fromEntries(Object.entries(computed).filter(([key]) => !COMPARISONS.some((each) => each === key))),
  );
}

/** The comparison that makes a condition of what is computed. */
export function comparisonOf(condition: Condition, computed: Computed): CompiledComparison {
  const kind = measureKind(computed);
  return kind === undefined ? IS_TRUE : compileComparison(condition as Comparison, MEASURE_FORMS[kind]!.unit);
}

/** Plans a definition that was checked before. */
export function plan(definition: Definition): Plan {
  const builder = new PlanBuilder(definition);
  const asked = Object.keys(definition.segments)
    .sort()
    .map((id): [string, Asked] => [id, builder.segment(id)]);
  const slots = new Map(
    Object.entries(definition.slots ?? {}).map(([name, { variants }]) => [
      name,
      variants.map(({ when }) => builder.ask(when)),
    ]),
  );
  const graph = builder.finish();
  const kept = asked.flatMap(([id, each]) => ("node" in each ? [{ id, node: each.node }] : []));
  const segmentsAt: number[][] = graph.gates.map(() => []);
  kept.forEach(({ node }, segment) => segmentsAt[node]!.push(segment));
  return {
    ...graph,
    definition,
    segments: kept.map(({ id }) => id),
    segmentNodes: kept.map(({ node }) => node),
    segmentsAt,
    contextual: new Map(asked.filter(([, each]) => !("node" in each))),
    slots,
  };
}

interface PendingOperator {
  computed: Computed;
  exact: boolean;
  tests: ValueTest[];
}

class PlanBuilder {
  readonly #definition: Definition;
  readonly #nodes = new Map<string, number>();
  readonly #segments = new Map<string, Asked>();
  readonly #gates: (Gate | undefined)[] = [];
  readonly #children: number[][] = [];
  readonly #operators = new Map<string, PendingOperator>();
  readonly #traitTests: TraitTest[] = [];

  constructor(definition: Definition) {
    this.#definition = definition;
    for (const measure of Object.values(definition.measures ?? {})) this.#operator(measure).exact = true;
  }

  segment(id: string): Asked {
    let asked = this.#segments.get(id);
    if (asked === undefined) {
      asked = this.ask(segmentDefinition(this.#definition.segments[id]!).when);
      this.#segments.set(id, asked);
    }
    return asked;
  }

  /** A condition made ready; conditions that mean the same by their form share a node. */
  ask(condition: Condition): Asked {
    if ("all" in condition) return this.#gate(condition.all, condition.all.length, false);
    if ("any" in condition) return this.#gate(condition.any, 1, false);
    if ("not" in condition) return this.#gate([condition.not], 1, true);
    if ("atLeast" in condition) return this.#gate(condition.of, condition.atLeast, false);
    if ("segment" in condition) return this.segment(condition.segment);
    if ("context" in condition) return { matches: compileFilter(condition.context) };
    return { node: "trait" in condition ? this.#trait(condition.trait) : this.#leaf(condition) };
  }

  finish(): Pick<
    Plan,
    "operators" | "operatorOf" | "traitTests" | "gates" | "children" | "parents" | "index"
  > {
    const index = new EventIndex(this.#definition.private);
    const operators = [...this.#operators.values()].map(({ computed, exact, tests }, at) => {
      const edges = [...new Set(tests.flatMap(({ comparison }) => comparison.edges))];
      const operator = createOperator(computed, { edges, exact });
      operator.inputs.forEach((selector, input) => index.add(selector, at, input));
      return { computed, operator, tests };
    });
    const parents: number[][] = this.#gates.map(() => []);
    this.#children.forEach((children, node) => children.forEach((child) => parents[child]!.push(node)));
    return {
      operators,
      operatorOf: new Map([...this.#operators.keys()].map((key, at) => [key, at])),
      traitTests: this.#traitTests,
      gates: this.#gates,
      children: this.#children,
      parents,
      index,
    };
  }

  #trait(filter: Parameters<typeof compileFilter>[0]): number {
    return this.#node(`trait ${canonical(filter)}`, (node) => {
      this.#traitTests.push({ node, matches: compileFilter(filter), roots: filterRoots(filter) });
    });
  }

  #leaf(condition: Condition): number {
    const computed = computedOf(condition, this.#definition) as Computed;
    const { measure: _name, ...rest } = condition as { measure?: string };
    return this.#node(canonical({ ...computed, ...rest }), (node) => {
      this.#operator(computed).tests.push({ node, comparison: comparisonOf(condition, computed) });
    });
  }

  #operator(computed: Computed): PendingOperator {
    const key = computedKey(computed);
    let found = this.#operators.get(key);
    if (!found) this.#operators.set(key, (found = { computed, exact: false, tests: [] }));
    return found;
  }

  #gate(conditions: readonly Condition[], min: number, negate: boolean): Asked {
    const parts = conditions.map((condition) => this.ask(condition));
    const children = parts.flatMap((part) => ("node" in part ? [part.node] : []));
    if (children.length < parts.length) return { min, negate, parts };
    children.sort((a, b) => a - b);
    const key = `${negate ? "fewer than" : "at least"} ${min} of ${children.join()}`;
    return {
      node: this.#node(key, (node) => {
        this.#gates[node] = { min, negate };
        this.#children[node] = children;
      }),
    };
  }

  #node(key: string, define: (node: number) => void): number {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node = this.#gates.length;
    this.#gates.push(undefined);
    this.#children.push([]);
    this.#nodes.set(key, node);
    define(node);
    return node;
  }
}
