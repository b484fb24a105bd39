import type { Condition } from "../definition/condition.ts";
import { segmentDefinition } from "../definition/definition.ts";
import { COMPARISONS, type Comparison } from "../definition/measure.ts";
import { compileFilter } from "../filter/filter.ts";
import type { Scalar } from "../log/entry.ts";
import { compileComparison } from "./comparison.ts";
import { measureKey, resolveMeasure, type Plan } from "./plan.ts";
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

/** Explains a segment; undefined for an unknown id. */
export function explain(plan: Plan, state: ProfileState, segmentId: string): Explanation | undefined {
  const { segments } = plan.definition;
  if (!Object.hasOwn(segments, segmentId)) return undefined;
  return new Explainer(plan, state).explain(segmentDefinition(segments[segmentId]!).when);
}

class Explainer {
  readonly #plan: Plan;
  readonly #state: ProfileState;
  readonly #clock: number;

  constructor(plan: Plan, state: ProfileState) {
    this.#plan = plan;
    this.#state = state;
    this.#clock = state.clock ?? 0;
  }

  explain(condition: Condition): Explanation {
    const explanation: Explanation = { condition, result: this.#truth(condition, this.#clock) };
    const until = this.#until(condition, explanation.result);
    if (until !== undefined) explanation.until = until;
    const parts = this.#parts(condition);
    if (parts.length > 0) explanation.of = parts.map((part) => this.explain(part));
    const operator = this.#operator(condition);
    if (operator !== undefined) this.#addMeasured(explanation, condition as Comparison, operator);
    return explanation;
  }

  #addMeasured(explanation: Explanation, condition: Comparison, operator: number): void {
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
    const operator = this.#operator(condition);
    if (operator !== undefined) {
      return compileComparison(condition as Comparison)!.holds(this.#state.value(operator, at));
    }
    const truths = this.#parts(condition).map((part) => this.#truth(part, at));
    if ("any" in condition) return truths.includes(true);
    return "not" in condition ? !truths[0] : !truths.includes(false);
  }

  #parts(condition: Condition): readonly Condition[] {
    if ("all" in condition) return condition.all;
    if ("any" in condition) return condition.any;
    if ("not" in condition) return [condition.not];
    if ("segment" in condition)
      return [segmentDefinition(this.#plan.definition.segments[condition.segment]!).when];
    return [];
  }

  #operator(condition: Condition): number | undefined {
    const { definition, operatorOf } = this.#plan;
    if ("all" in condition || "any" in condition || "not" in condition) return undefined;
    if ("segment" in condition || "trait" in condition) return undefined;
    return operatorOf.get(measureKey(resolveMeasure(condition, definition)));
  }
}
