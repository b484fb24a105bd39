import type { SequenceCondition } from "../definition/condition.ts";
import type { Duration } from "../definition/duration.ts";
import { fluent } from "./fluent.ts";
import { selector, type Selection, type Step } from "./selection.ts";

/** What can be asked of a sequence; each may be asked once. */
type Way = "span" | "without" | "within";

interface Ways<Left extends Way> {
  /** The longest time from the first to the last of the events. */
  span(longest: Duration): Sequence<Exclude<Left, "span">>;
  /** No event selected here stands strictly between the first and the last. */
  without(...selection: Selection): Sequence<Exclude<Left, "without">>;
  /** The first of the events lies inside this sliding window. */
  within(length: Duration): Sequence<Exclude<Left, "within">>;
}

/** A condition as it stands, and what can be asked of it next. */
export type Sequence<Left extends Way = Way> = SequenceCondition & Pick<Ways<Left>, Left>;

/**
 * True when there are events e1 < e2 < …, one for each step, in order. A step is a name, a list of names of which any
 * will do, or a selector `{ event, where? }`.
 *
 * @example
 * sequence("Product Viewed", "Product Added").span("1h").without("Order Completed").within("30d")
 * // { sequence: ["Product Viewed", "Product Added"], span: "1h", without: "Order Completed", within: "30d" }
 */
export function sequence(...steps: readonly [Step, ...Step[]]): Sequence {
  return going({ sequence: steps.map((step) => selector([step])) });
}

function going(condition: SequenceCondition): Sequence {
  const ways: Ways<Way> = {
    span: (span) => going({ ...condition, span }),
    without: (...selection) => going({ ...condition, without: selector(selection) }),
    within: (within) => going({ ...condition, within }),
  };
  return fluent(condition, ways) as unknown as Sequence;
}
