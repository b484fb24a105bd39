import type { Selector } from "../definition/selector.ts";

/**
 * Takes every event, whatever its name: no event has this one for its own (a name has a character at least). Such an
 * input is shown an event before the inputs that name it.
 */
export const ANY_EVENT = "";

/**
 * The one interface of everything that is computed from a log: from events and, of traits, from identify calls. An operator is stateless itself: a profile keeps its
 * state, which is plain JSON, so that it can be saved and brought back.
 *
 * At any instant `at`, which never goes back for one state, the operator answers for the set of events it was given
 * that are not later than `at`: never for the order, the grouping or the repetition in which they came.
 */
export interface Operator<State = unknown, Taken = never> {
  /** What it must be shown; an event is given once for each input that takes it. */
  readonly inputs: readonly (Selector | undefined)[];
  /** The state of nobody-yet, whose value is the same at every instant. */
  init(): State;
  /**
   * Folds an event, which is not later than the instant at which the state is pruned next, into it. True when only a
   * replay of the whole log can place it: it is missed then, and the state left as it was.
   */
  take(state: State, event: Taken, input: number): boolean;
  /** Drops what does not count at `at`, and so never will again. */
  prune?(state: State, at: number): void;
  /** The value at `at` of a state that was pruned there; `undefined` when it is missing. */
  value(state: State, at: number): unknown;
  /**
   * The earliest instant after `at` at which time alone carries the value of a state, pruned there, across an edge that
   * was asked for; Infinity if none. May be early, never late.
   */
  due(state: State, at: number): number;
}

/**
 * What is asked of an operator's value: the whole numbers at which the answer of some comparison changes, v-1 and v
 * differing in it for an edge v; an edge at Infinity asks for the value itself. It keeps no more state, and wakes no more
 * often, than this needs.
 */
export type Edges = readonly number[];
