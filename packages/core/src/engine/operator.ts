/**
 * Takes every event, whatever its name: no event has this one for its own (a name has a character at least). Such an
 * input is shown an event before the inputs that name it.
 */
export const ANY_EVENT = "";

/** What an input is to a measure, beside the selector's own, which is 0. */
export const AFTER = 1;
export const SESSION = 2;

/**
 * The one interface of everything that is computed from a log: from events and, of traits, from identify calls. An operator is stateless itself: a profile keeps its
 * state, which is plain JSON, so that it can be saved and brought back.
 *
 * At any instant `at`, which never goes back for one state, the operator answers for the set of events it was given
 * that are not later than `at`: never for the order, the grouping or the repetition in which they came.
 */
export interface Operator<State = unknown, Taken = never> {
  /** The state of nobody-yet, whose value is the same at every instant. */
  init(): State;
  /**
   * Folds an event, which is not later than the instant at which the state is pruned next, into it; it is given once for
   * each input that takes it. True when only a replay of the whole log can place it: it is missed then, and the state
   * left as it was.
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
