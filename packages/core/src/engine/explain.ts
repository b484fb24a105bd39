import type { Condition } from "../definition/condition.ts";
import { segmentDefinition } from "../definition/definition.ts";
import { COMPARISONS, measureKind, type Comparison } from "../definition/measure.ts";
import { compileFilter } from "../filter/filter.ts";
import type { Scalar } from "../log/entry.ts";
import type { Context } from "./contextual.ts";
import { comparisonOf, computedKey, computedOf, type Plan } from "./plan.ts";
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

/** Explains a segment, for a visit where it reaches the context; undefined for an unknown id. */
export function explain(
  plan: Plan,
  state: ProfileState,
  segmentId: string,
  context: Context | undefined,
): Explanation | undefined {
  const { segments } = plan.definition;
  if (!Object.hasOwn(segments, segmentId)) return undefined;
  return new Explainer(plan, state, context).explain(segmentDefinition(segments[segmentId]!).when);
}

class Explainer {
  readonly #plan: Plan;
  readonly #state: ProfileState;
  readonly #context: Context | undefined;
  readonly #clock: number;

  constructor(plan: Plan, state: ProfileState, context: Context | undefined) {
    this.#plan = plan;
    this.#state = state;
    this.#context = context;
    this.#clock = state.clock ?? 0;
  }

  explain(condition: Condition): Explanation {
    const explanation: Explanation = { condition, result: this.#truth(condition, this.#clock) };
    const until = this.#until(condition, explanation.result);
    if (until !== undefined) explanation.until = until;
    const parts = this.#parts(condition);
    if (parts.length > 0) explanation.of = parts.map((part) => this.explain(part));
    const computed = computedOf(condition, this.#plan.definition);
    if (computed && measureKind(computed)) this.#addMeasured(explanation, condition as Comparison);
    return explanation;
  }

  #addMeasured(explanation: Explanation, condition: Comparison): void {
    const operator = this.#operator(explanation.condition) as number;
    const value = this.#state.value(operator, this.#clock);
    if (value !== undefined) explanation.value = value;
    if (this.#state.atLeast(operator, this.#clock)) explanation.atLeast = true;
    const wanted = COMPARISONS.filter((key) => Object.hasOwn(condition, key)).map((key) => [
      key,
      condition[key],
    ]);
    explanation.wanted = Object.fromEntries(wanted) as Comparison;
  }

  /** The first instant after the clock at which the condition is other than now, if nothing happens. */
  #until(condition: Condition, result: boolean): number | undefined {
    for (let at = this.#due(condition, this.#clock); at < Infinity; at = this.#due(condition, at)) {
      if (this.#truth(condition, at) !== result) return at;
    }
    return undefined;
  }

  #due(condition: Condition, at: number): number {
    const operator = this.#operator(condition);
    if (operator !== undefined) return this.#state.due(operator, at);
    return Math.min(Infinity, ...this.#parts(condition).map((part) => this.#due(part, at)));
  }

  #truth(condition: Condition, at: number): boolean {
    if ("trait" in condition) return compileFilter(condition.trait)(this.#state.traits.values);
    if ("context" in condition)
      return this.#context !== undefined && compileFilter(condition.context)(this.#context);
    const computed = computedOf(condition, this.#plan.definition);
    if (computed) {
      return comparisonOf(condition, computed).holds(
        this.#state.value(this.#operator(condition) as number, at),
      );
    }
    const parts = this.#parts(condition);
    const count = parts.filter((part) => this.#truth(part, at)).length;
    if ("not" in condition) return count === 0;
    return count >= ("any" in condition ? 1 : "atLeast" in condition ? condition.atLeast : parts.length);
  }

  #parts(condition: Condition): readonly Condition[] {
    if ("all" in condition) return condition.all;
    if ("any" in condition) return condition.any;
    if ("not" in condition) return [condition.not];
    if ("atLeast" in condition) return condition.of;
    if ("segment" in condition)
      return [segmentDefinition(this.#plan.definition.segments[condition.segment]!).when];
    return [];
  }

  #operator(condition: Condition): number | undefined {
    const computed = computedOf(condition, this.#plan.definition);
    return computed && this.#plan.operatorOf.get(computedKey(computed));
  }
}
