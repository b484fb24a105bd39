import type { MurmurEvent } from "../log/entry.ts";
import type { Node } from "./node.ts";
import type { Aggregate } from "./operators/aggregate.ts";
import type { SelectionPlan, SequencePlan } from "./plan.ts";

/**
 * Takes every event, whatever its name: no event has this one for its own (a name has a character at least). Such an
 * input is shown an event before the inputs that name it.
 */
export const ANY_EVENT = "";

/** What an event is to an operator: one of the selected, one that `after` names, one of a session. */
export const SELECTED = 0;
export const AFTER = 1;
export const SESSION = 2;

/**
 * The one interface of everything that is computed from a log: from events and, of traits, from identify calls. A profile
 * keeps the state, which is plain JSON, so that it can be saved and brought back; what is computed stands in the operator.
 * So there is nothing to be made for each of a thousand operators, and little to be found in memory.
 *
 * At any instant `at`, which never goes back for one state, it answers for the set of events it was given that are not
 * later than `at`: never for the order, the grouping or the repetition in which they came.
 */
export interface Computing<State = never, Taken = never> {
  /** The state of nobody-yet, whose value is the same at every instant. */
  init(): NoInfer<State> | object;
  /**
   * Folds an event, which is not later than the instant at which the state is pruned next, into it; it is given once for
   * each input that takes it. True when only a replay of the whole log can place it: it is missed then, and the state
   * left as it was.
   */
  take(operator: Operator, state: State, event: Taken, input: number): boolean;
  /** Drops what does not count at `at`, and so never will again. */
  prune?(operator: Operator, state: State, at: number): void;
  /** The value at `at` of a state that was pruned there; `undefined` when it is missing. */
  value(operator: Operator, state: State, at: number): unknown;
  /**
   * The earliest instant after `at` at which time alone carries the value of a state, pruned there, across an edge that
   * was asked for; Infinity if none. May be early, never late.
   */
  due(operator: Operator, state: State, at: number): number;
}

/**
 * An operator of a plan, brought to life: what every event asks for, beside its plan. All of them have the same members,
 * of which none is infinite, for a number of that kind lies elsewhere in memory: 0 says without end.
 */
export interface Operator {
  at: number;
  /** The last of the leaves that test its value. */
  leaf: Node | undefined;
  computing: Computing;
  aggregate: Aggregate;
  within: number;
  latest: number;
  /** Where a value is read of an event's properties, if one is. */
  keys: readonly string[] | undefined;
  edges: readonly number[] | undefined;
  ordered: boolean;
  folded: boolean;
  single: boolean;
  plan: SelectionPlan & Omit<SequencePlan, "kind">;
  tests: readonly StepTest[];
  kills: StepTest | undefined;
}

/** Whether a step of a sequence takes an event. */
export type StepTest = (event: MurmurEvent) => boolean;
