import type { Filter } from "../filter/filter.ts";
import type { Duration } from "./duration.ts";

/** Which events: a name, or names with a filter over the event's properties. */
export type Selector = string | { event: string | readonly string[]; where?: Filter };

/** Which of the selected events count at instant t; without these, the whole log up to t. */
export interface Narrowing {
  /**
   * Keeps events with `t - within < timestamp <= t`; or those of the current session: the maximal run of events, of
   * any name, up to t in which neighbours are less than 30 min apart.
   */
  within?: Duration | "session";
  /** Keeps events strictly after the last one that this selector takes; all of them when there is none. */
  after?: Selector;
}

/** The event names that a selector takes. */
export function eventNames(selector: Selector): readonly string[] {
  return [typeof selector === "string" ? selector : selector.event].flat();
}

/** The filter that a selector asks of an event's properties. */
export function filterOf(selector: Selector): Filter {
  return (typeof selector === "object" && selector.where) || {};
}
