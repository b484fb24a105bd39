import type { TestPlan } from "../filter/test-plan.ts";
import type { Scalar } from "../log/entry.ts";
import type { SlotPlan } from "./slot-plan.ts";

/** The form of a plan. An engine takes no other: another number for every change by which a plan means something else. */
export const PLAN_VERSION = 1;

/**
 * A definition made ready, as plain JSON: operators, and a graph of truths over them in which everything that is written
 * twice stands once. It is made where a definition is compiled, and devices only bring it to life.
 */
export interface Plan {
  version: number;
  /** The first is of traits. */
  operators: readonly OperatorPlan[];
  /** Parts before what is made of them. */
  nodes: readonly NodePlan[];
  /** How many of the nodes, the first ones, every profile keeps; those behind reach the context of a visit. */
  kept: number;
  /** Id and node, in order of id. */
  segments: readonly (readonly [id: string, node: number])[];
  /** Name and operator. */
  measures: readonly (readonly [name: string, operator: number])[];
  slots: readonly (readonly [name: string, slot: SlotPlan])[];
  /** Whether some text reads the context of a visit. */
  context?: true;
  /** Names of events that never leave the device. */
  private?: readonly string[];
}

/**
 * A condition; those that mean the same by their form share one. It is a leaf, which tests the value of an operator or,
 * without one, the context; or it is made of parts: true when at least `min` of them are, or, negated, when fewer are.
 */
export type NodePlan =
  { operator?: number; test: TestPlan } | { parts: readonly number[]; min: number; negate?: true };

/** Which events: their names, and what is tested of their properties. */
export interface SelectorPlan {
  names: readonly string[];
  test?: TestPlan;
}

/** Events that an operator is shown. */
export interface InputPlan extends SelectorPlan {
  /** What they are to the operator: 0, the selected ones, by default. */
  input?: number;
  /** The value that is demanded at a dotted path, by which an index passes over it; `test` has what else is. */
  path?: string;
  value?: Scalar;
}

/** What an operator computes, and how much of it is asked for. Times are in ms; what is left out is without end. */
export type OperatorPlan = TraitsPlan | SelectionPlan | TrendPlan | SequencePlan;

export interface TraitsPlan {
  kind: "traits";
  inputs: readonly [];
}

export interface SelectionPlan {
  kind: string;
  inputs: readonly InputPlan[];
  /** What is read of an event's properties. */
  path?: string;
  within?: number;
  /** Whether nothing ever goes out. */
  whole?: true;
  /** Whether events of one timestamp must stay in their order by id. */
  ordered?: true;
  /** How many of the latest events suffice. */
  latest?: number;
  /** The edges that were asked for, but for Infinity. */
  edges?: readonly number[];
}

export interface TrendPlan {
  kind: "trend";
  inputs: readonly InputPlan[];
  path?: string;
  /** The length of all periods, and of one. */
  within: number;
  every: number;
  periods: number;
  /** Of each period, `sign` times its ratio to the one before is `bound` at most. */
  sign: 1 | -1;
  bound: number;
}

export interface SequencePlan {
  kind: "sequence";
  inputs: readonly InputPlan[];
  steps: readonly SelectorPlan[];
  without?: SelectorPlan;
  span?: number;
  within?: number;
}
