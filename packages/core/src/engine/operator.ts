import type { Selector } from "../definition/selector.ts";
import type { MurmurEvent, Scalar } from "../log/entry.ts";

/** Takes every event, whatever its name. Such an input is shown an event before the inputs that name it. */
export const ANY_EVENT = Symbol("any event");

/**
 * The one interface of everything that is computed from events. An operator is stateless itself: a profile keeps its
 * state, which is plain JSON, so that it can be saved and brought back.
 *
 * At any instant `at`, which never goes back for one state, the operator answers for the set of events it was given
 * that are not later than `at`: never for the order, the grouping or the repetition in which they came.
 */
export interface Operator<State = unknown> {
  /** What it must be shown; an event is given once for each input that takes it. */
  readonly inputs: readonly (Selector | typeof ANY_EVENT)[];
  /** The state of nobody-yet, whose value is the same at every instant. */
  init(): State;
  /**
   * Folds an event, not later than `at`, into the state. False when only a replay of the whole log can place it;
   * the state is then left as it was.
   */
  take(state: State, event: MurmurEvent, input: number, at: number): boolean;
  /** Drops what can never count again after `at`. The value does not change by it. */
  prune?(state: State, at: number): void;
  /** The value at `at`; `undefined` when it is missing. Does not change the state. */
  value(state: State, at: number): Scalar | undefined;
  /** Whether the true value may be higher than the one kept, because no comparison can tell the difference. */
  atLeast?(state: State, at: number): boolean;
  /**
   * The earliest instant after `at` at which time alone carries the value across an edge that was asked for;
   * Infinity if none. May be early, never late. Does not change the state.
   */
  due(state: State, at: number): number;
}

/** What is asked of an operator's value. It keeps no more state, and wakes no more often, than this needs. */
export interface Demand {
  /** The whole numbers at which the answer of some comparison changes: v-1 and v differ in it for an edge v. */
  edges: readonly number[];
  /** Whether somebody asks for the value itself. */
  exact: boolean;
}
