import type { AllCondition } from "../definition/condition.ts";
import type { Duration } from "../definition/duration.ts";
import { all } from "./conditions.ts";
import { count, sinceLast } from "./measures.ts";
import { selector, type Step } from "./selection.ts";

export interface Abandoning {
  /** The events that would have brought it to its end. */
  by: Step;
  /** How long it has been left alone at least. */
  for: Duration;
  /** How long ago it was at most, this end not included: what is older is over. */
  upTo: Duration;
}

/**
 * True when something was begun, and since its last time neither begun again nor ended, for a while and not for ever.
 *
 * @example
 * abandoned("Product Added", { by: "Order Completed", for: "2h", upTo: "7d" })
 * // { all: [
 * //   { sinceLast: "Product Added", gte: "2h" },
 * //   { sinceLast: "Product Added", lt: "7d" },
 * //   { count: "Order Completed", after: "Product Added", eq: 0 },
 * // ] }
 */
export function abandoned(begun: Step, { by, for: least, upTo }: Abandoning): AllCondition {
  const started = selector([begun]);
  return all(
    sinceLast(started).gte(least),
    sinceLast(started).lt(upTo),
    count(selector([by]))
      .after(started)
      .eq(0),
  );
}
