import type { TestPlan } from "../filter/test-plan.ts";
import type { Scalar } from "../log/entry.ts";
import type { SlotPlan } from "./slot-plan.ts";

/** The form of a plan. An engine takes no other: another number for every change by which a plan means something else. */
export const PLAN_VERSION = 2;

/**
 * A definition made ready, as plain JSON: operators, and a graph of truths over them in which everything that is written
 * twice stands once. It is made where a definition is compiled, and devices only bring it to life.
 */
export interface Plan {
  version: number;
  /** The first is of traits. */
  operators: readonly OperatorPlan[];
  events: readonly EventPlan[];
  /** Parts before what is made of them. */
  nodes: readonly NodePlan[];
  /** How many of the nodes, the first ones, every profile keeps; those behind reach the context of a visit. */
  kept: number;
  /** The nodes of those that are true of nobody-yet. */
  initial: readonly number[];
  /** Id and node, in order of id. */
  segments: readonly (readonly [id: string, node: number])[];
  /** Name and operator. */
  measures: readonly (readonly [name: string, operator: number])[];
  slots: readonly (readonly [name: string, slot: SlotPlan])[];
  /** When some schedule of slots opens or closes, ms, in order. */
  instants?: readonly number[];
  /** Whether some text reads the context of a visit. */
  context?: true;
  /** Names of events that never leave the device. */
  private?: readonly string[];
}

/**
 * A condition; those that mean the same by their form share one. It is a leaf, which tests the value of an operator or,
 * without one, the context; or it is made of parts: true when at least `min` of them are, or, negated, when fewer are.
 */
export type NodePlan = LeafPlan | MadePlan;

export interface LeafPlan {
  operator?: number;
  test: TestPlan;
}

export interface MadePlan {
  parts: readonly number[];
  min: number;
  negate?: true;
}

/** Who takes the events of a name: by a dotted path, the value that is demanded there; those that demand none, by null. */
export type EventPlan = readonly [name: string, paths: readonly PathPlan[]];
export type PathPlan = readonly [path: string | null, values: readonly ValuePlan[]];
export type ValuePlan = readonly [value: Scalar | null, hooks: readonly HookPlan[]];

/** What takes an event, what the event is to it (`SELECTED`, …), and what else is tested of its properties. */
export type HookPlan = readonly [operator: number, input: number, test?: TestPlan];

/** What an operator computes, and how much of it is asked for. Times are in ms; what is left out is without end. */
export type OperatorPlan = TraitsPlan | SelectionPlan | SequencePlan;

export interface TraitsPlan {
  kind: "traits";
}

/** A measure or a trend: what it makes of selected events. */
export interface SelectionPlan {
  kind: "count" | "total" | "extreme" | "distinct" | "favorite" | "head" | "since" | "trend";
  /** What is read of an event's properties. */
  path?: string;
  within?: number;
  /** Whether events go by the order of their ids, too, where they are of one timestamp. */
  ordered?: true;
  /** Whether nothing ever goes out and events are counted, not kept. */
  folded?: true;
  /** Whether nothing ever goes out and the first that counts is kept alone. */
  single?: true;
  /** How many of the latest events suffice. */
  latest?: number;
  /** The whole numbers at which the answer of some comparison changes, in order; left out where `latest` is the only one. */
  edges?: readonly number[];
  /** Of a total: whether it is divided by how many numbers there are. */
  mean?: true;
  /** Of an extreme: 1 for the smallest, -1 for the largest. Of a trend: see `bound`. */
  sign?: 1 | -1;
  /** Of a trend: how many changes in a row, of periods of what length; `sign` times each ratio is `bound` at most. */
  periods?: number;
  every?: number;
  bound?: number;
}

export interface SequencePlan {
  kind: "sequence";
  steps: readonly StepPlan[];
  without?: StepPlan;
  span?: number;
  within?: number;
}

/** Which events: their names, and what is tested of their properties. */
export type StepPlan = readonly [names: readonly string[], test?: TestPlan];
