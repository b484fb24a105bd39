import { canonical } from "../definition/canonical.ts";
import type { Condition } from "../definition/condition.ts";
import { segmentDefinition, type Definition } from "../definition/definition.ts";
import { pathsIn } from "../definition/expression.ts";
import { definitionHash } from "../definition/hash.ts";
import { isOfScalars } from "../definition/measure.ts";
import { operatorOf } from "../engine/operators/operator-of.ts";
import { PLAN_VERSION, type NodePlan, type OperatorPlan, type Plan } from "../engine/plan.ts";
import { planFilter } from "../filter/plan-filter.ts";
import { testOf } from "../filter/test-of.ts";
import { comparisonOf, planComparison, uncompared, type PlannedTest } from "./plan-comparison.ts";
import { planEvents } from "./plan-events.ts";
import { planOperator, TRAITS, type Computed } from "./plan-operator.ts";
import { instantsIn, planSlots } from "./plan-slots.ts";

/** An operator, and what is asked of its value. */
export interface PlannedOperator {
  at: number;
  computed: Computed;
  edges: number[];
}

/** A node before all of them are numbered. */
interface Draft {
  leaf?: { planned?: PlannedOperator } & Pick<PlannedTest, "test">;
  parts: readonly Draft[];
  min: number;
  negate: boolean;
  /** Whether every profile keeps it; else it reaches the context. */
  kept: boolean;
  /** Position among those that are kept, or those that are not. */
  at: number;
}

/** Makes the plan of a definition that was checked before, and knows what became of what. */
export class Planner {
  readonly plan: Plan;
  /** The condition of each segment. */
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly operators: PlannedOperator[] = [];
  readonly #measures = new Map<string, PlannedOperator>();
  readonly #kept: Draft[] = [];
  readonly #contextual: Draft[] = [];
  /** What stands once, by what it says. */
  readonly #known = new Map<string, unknown>();

  /** With conditions that are asked beside those of the definition, and are nobody's segments. */
  constructor(written: Definition, asked: readonly Condition[] = []) {
    const { segments, measures = {}, slots, experiments, private: secret } = written;
    this.conditions = new Map(
      Object.entries(segments).map(([id, segment]) => [id, segmentDefinition(segment).when]),
    );
    this.#operator(TRAITS);
    for (const [name, measure] of Object.entries(measures)) {
      const planned = this.#operator(measure);
      planned.edges.push(Infinity);
      this.#measures.set(name, planned);
    }
    const drafts = [...this.conditions.keys()].sort().map((id) => [id, this.#segment(id)] as const);
    // So that what the slots ask stands in the plan, too, before nodes are numbered.
    planSlots(written, (condition) => this.#draft(condition).at);
    for (const condition of asked) this.#draft(condition);
    const shown = planSlots(written, (condition) => this.nodeOf(condition));
    const instants = instantsIn(shown.map(([, slot]) => slot));
    const operators = this.operators.map(({ computed, edges }) => planOperator(computed, edges));
    this.plan = {
      version: PLAN_VERSION,
      operators,
      events: planEvents(
        this.operators.map(({ computed }) => computed),
        secret,
      ),
      nodes: [...this.#kept, ...this.#contextual].map((draft) => this.#planned(draft)),
      kept: this.#kept.length,
      initial: this.#kept.filter((draft) => isTrueOfNobody(draft, operators)).map(({ at }) => at),
      segments: drafts.map(([id, draft]) => [id, this.#position(draft)]),
      measures: [...this.#measures].map(([name, { at }]) => [name, at]),
      slots: shown,
      ...(instants.length > 0 && { instants }),
      ...(pathsIn([slots, experiments]).some((path) => path.startsWith("context.")) && { context: true }),
      ...(secret && { private: secret }),
    };
  }

  /** The position of the node of a condition of the definition. */
  nodeOf(condition: Condition): number {
    return this.#position(this.#draft(condition));
  }

  /** The operator of a condition or a measure that has one of its own. */
  operatorOf(condition: object): PlannedOperator {
    return this.#operator(condition);
  }

  /**
   * Names what each operator computes and for whom, in order, whatever the form of plans. Operators keep no more than
   * their edges ask for, so those are part of the name.
   */
  names(): string[] {
    return this.operators.map(({ computed, edges }) =>
      definitionHash([computed, [...new Set(edges)].sort((a, b) => a - b).map(String)]),
    );
  }

  #draft(condition: Condition): Draft {
    if ("segment" in condition) return this.#segment(condition.segment);
    if ("context" in condition) {
      const test = planFilter(condition.context);
      return this.#once(`context ${canonical(test)}`, () => this.#add({ leaf: { test }, kept: false }));
    }
    if ("trait" in condition) return this.#leaf(TRAITS, { test: planFilter(condition.trait), edges: [] });
    if ("all" in condition) return this.#made(condition.all, condition.all.length);
    if ("any" in condition) return this.#made(condition.any, 1);
    if ("not" in condition) return this.#made([condition.not], 1, true);
    if ("atLeast" in condition) return this.#made(condition.of, condition.atLeast);
    const { computed } = this.#operator(condition);
    return this.#leaf(condition, planComparison(comparisonOf(condition), isOfScalars(computed)));
  }

  /** The operator that computes a measure, a sequence, a trend or the traits. */
  #operator(condition: object): PlannedOperator {
    if ("measure" in condition) return this.#measures.get(condition.measure as string)!;
    const computed = uncompared(condition) as Computed;
    return this.#once(`operator ${canonical(computed)}`, () => {
      const planned = { at: this.operators.length, computed, edges: [] };
      this.operators.push(planned);
      return planned;
    });
  }

  #segment(id: string): Draft {
    return this.#once(`segment ${id}`, () => this.#draft(this.conditions.get(id)!));
  }

  #leaf(condition: object, { test, edges }: PlannedTest): Draft {
    const planned = this.#operator(condition);
    return this.#once(`leaf ${planned.at} ${canonical(test)}`, () => {
      planned.edges.push(...edges);
      return this.#add({ leaf: { planned, test } });
    });
  }

  #made(conditions: readonly Condition[], min: number, negate = false): Draft {
    const parts = conditions.map((condition) => this.#draft(condition));
    const kept = parts.every((part) => part.kept);
    const key = parts.map((part) => `${part.kept} ${part.at}`).sort();
    return this.#once(`${negate} ${min} ${key.join()}`, () => this.#add({ parts, min, negate, kept }));
  }

  #add(draft: Partial<Draft>): Draft {
    const all = draft.kept === false ? this.#contextual : this.#kept;
    const whole: Draft = { parts: [], min: 0, negate: false, kept: true, at: all.length, ...draft };
    all.push(whole);
    return whole;
  }

  #position({ kept, at }: Draft): number {
    return kept ? at : this.#kept.length + at;
  }

  #planned({ leaf, parts, min, negate }: Draft): NodePlan {
    if (leaf) return { ...(leaf.planned && { operator: leaf.planned.at }), test: leaf.test };
    return { parts: parts.map((part) => this.#position(part)), min, ...(negate && { negate }) };
  }

  #once<Value>(key: string, make: () => Value): Value {
    const value = this.#known.has(key) ? (this.#known.get(key) as Value) : make();
    this.#known.set(key, value);
    return value;
  }
}

/** Whether a node is true of nobody-yet, of whom it is so at every instant. */
function isTrueOfNobody({ leaf, parts, min, negate }: Draft, operators: readonly OperatorPlan[]): boolean {
  if (!leaf) return parts.filter((part) => isTrueOfNobody(part, operators)).length >= min !== negate;
  const operator = operatorOf(operators[leaf.planned!.at]!, 0);
  const { init, value } = operator.computing;
  return testOf(leaf.test)(value(operator, init() as never, 0));
}
