import { canonical } from "../definition/canonical.ts";
import type { Condition } from "../definition/condition.ts";
import { segmentDefinition, type Definition } from "../definition/definition.ts";
import { MEASURE_FORMS, type Comparison, type Measure, type OwnMeasure } from "../definition/measure.ts";
import { compileFilter, filterRoots } from "../filter/filter.ts";
import type { Test } from "../filter/filter-operators.ts";
import { compileComparison, type CompiledComparison } from "./comparison.ts";
import { EventIndex } from "./event-index.ts";
import type { Operator } from "./operator.ts";
import { createOperator } from "./operators/create-operator.ts";

/** A comparison of one operator's value, and the node that holds its truth. */
interface ValueTest {
  node: number;
  comparison: CompiledComparison;
}

export interface PlannedOperator {
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
  /** Operator of a measure, by the measure's canonical JSON. */
  operatorOf: ReadonlyMap<string, number>;
  traitTests: TraitTest[];
  gates: (Gate | undefined)[];
  parents: number[][];
  children: number[][];
  /** Segment ids, sorted, and the node of each. */
  segments: string[];
  segmentNodes: number[];
  /** For each node, the segments (positions in `segments`) that it decides. */
  segmentsAt: number[][];
  /** For each slot, the node of each variant's `when`. */
  slotNodes: ReadonlyMap<string, number[]>;
  index: EventIndex;
}

/** The measure of the definition that is meant, a name resolved. */
export function resolveMeasure(measure: Measure, definition: Definition): OwnMeasure {
  return "measure" in measure ? (definition.measures?.[measure.measure] as OwnMeasure) : measure;
}

/** A measure without what may stand beside it, as one key. */
export function measureKey(measure: OwnMeasure): string {
  const own = Object.entries(measure).filter(
    ([key]) => MEASURE_FORMS[key] || key === "within" || key === "after",
  );
  return canonical(Object.fromEntries(own));
}

/** Plans a definition that was checked before. */
export function plan(definition: Definition): Plan {
  const builder = new PlanBuilder(definition);
  const segments = Object.keys(definition.segments).sort();
  const segmentNodes = segments.map((id) => builder.segment(id));
  const slotNodes = new Map(
    Object.entries(definition.slots ?? {}).map(([name, { variants }]) => [
      name,
      variants.map(({ when }) => builder.condition(when)),
    ]),
  );
  const graph = builder.finish();
  const segmentsAt: number[][] = graph.gates.map(() => []);
  segmentNodes.forEach((node, segment) => segmentsAt[node]!.push(segment));
  return { ...graph, definition, segments, segmentNodes, segmentsAt, slotNodes };
}

interface PendingOperator {
  measure: OwnMeasure;
  exact: boolean;
  tests: ValueTest[];
}

class PlanBuilder {
  readonly #definition: Definition;
  readonly #nodes = new Map<string, number>();
  readonly #segments = new Map<string, number>();
  readonly #gates: (Gate | undefined)[] = [];
  readonly #children: number[][] = [];
  readonly #operators = new Map<string, PendingOperator>();
  readonly #traitTests: TraitTest[] = [];

  constructor(definition: Definition) {
    this.#definition = definition;
    for (const measure of Object.values(definition.measures ?? {})) this.#operator(measure).exact = true;
  }

  segment(id: string): number {
    let node = this.#segments.get(id);
    if (node === undefined) {
      node = this.condition(segmentDefinition(this.#definition.segments[id]!).when);
      this.#segments.set(id, node);
    }
    return node;
  }

  /** The node of a condition; conditions that mean the same by their form share one. */
  condition(condition: Condition): number {
    if ("all" in condition) return this.#gate(condition.all, condition.all.length, false);
    if ("any" in condition) return this.#gate(condition.any, 1, false);
    if ("not" in condition) return this.#gate([condition.not], 1, true);
    if ("segment" in condition) return this.segment(condition.segment);
    if ("trait" in condition)
      return this.#node(`trait ${canonical(condition.trait)}`, (node) => {
        this.#traitTests.push({
          node,
          matches: compileFilter(condition.trait),
          roots: filterRoots(condition.trait),
        });
      });
    return this.#comparison(condition);
  }

  finish(): Pick<
    Plan,
    "operators" | "operatorOf" | "traitTests" | "gates" | "children" | "parents" | "index"
  > {
    const index = new EventIndex();
    const operators = [...this.#operators.values()].map(({ measure, exact, tests }, at) => {
      const edges = [...new Set(tests.flatMap(({ comparison }) => comparison.edges))];
      const operator = createOperator(measure, { edges, exact });
      operator.inputs.forEach((selector, input) => index.add(selector, at, input));
      return { operator, tests };
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

  #comparison(condition: Measure & Comparison): number {
    const measure = resolveMeasure(condition, this.#definition);
    const { measure: _name, ...rest } = condition as Measure & Comparison & { measure?: string };
    return this.#node(canonical({ ...measure, ...rest }), (node) => {
      this.#operator(measure).tests.push({ node, comparison: compileComparison(condition)! });
    });
  }

  #operator(measure: OwnMeasure): PendingOperator {
    const key = measureKey(measure);
    let found = this.#operators.get(key);
    if (!found) this.#operators.set(key, (found = { measure, exact: false, tests: [] }));
    return found;
  }

  #gate(conditions: readonly Condition[], min: number, negate: boolean): number {
    const children = conditions.map((condition) => this.condition(condition)).sort((a, b) => a - b);
    return this.#node(`${negate ? "fewer than" : "at least"} ${min} of ${children.join()}`, (node) => {
      this.#gates[node] = { min, negate };
      this.#children[node] = children;
    });
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
