import type { Condition } from "../definition/condition.ts";
import type { Filter } from "../filter/filter.ts";
import { plain } from "./fluent.ts";

/**
 * True when all of the conditions are; with none, true.
 *
 * @example
 * all(trait({ tier: "vip" }), sinceLast("Order Completed").gte("90d"))
 * // { all: [{ trait: { tier: "vip" } }, { sinceLast: "Order Completed", gte: "90d" }] }
 */
export function all<const Parts extends readonly Condition[]>(...conditions: Parts): { all: Parts } {
  return { all: plainEach(conditions) };
}

/**
 * True when one of the conditions is; with none, false.
 *
 * @example
 * any(segment("vip"), segment("loyal")) // { any: [{ segment: "vip" }, { segment: "loyal" }] }
 */
export function any<const Parts extends readonly Condition[]>(...conditions: Parts): { any: Parts } {
  return { any: plainEach(conditions) };
}

/**
 * True when the condition is not. Beware of a measure that is missing: it satisfies no comparison, and so each `not`.
 *
 * @example
 * not(segment("vip")) // { not: { segment: "vip" } }
 */
export function not<const Part extends Condition>(condition: Part): { not: Part } {
  return { not: plain(condition) };
}

/**
 * True when `least` of the conditions are, or more.
 *
 * @example
 * atLeast(2, segment("a"), segment("b"), segment("c"))
 * // { atLeast: 2, of: [{ segment: "a" }, { segment: "b" }, { segment: "c" }] }
 */
export function atLeast<const Parts extends readonly Condition[]>(
  least: number,
  ...conditions: Parts
): { atLeast: number; of: Parts } {
  return { atLeast: least, of: plainEach(conditions) };
}

/**
 * True when the profile is in that segment. Within `define`, an id that the definition has not does not compile.
 *
 * @example
 * segment("vip") // { segment: "vip" }
 */
export function segment<const Id extends string>(id: Id): { segment: Id } {
  return { segment: id };
}

/**
 * True when the profile's traits match a filter.
 *
 * @example
 * trait({ tier: { $in: ["gold", "vip"] } }) // { trait: { tier: { $in: ["gold", "vip"] } } }
 */
export function trait(filter: Filter): { trait: Filter } {
  return { trait: filter };
}

/**
 * True when the context of this page or request matches a filter: `device`, `country`, `utm.*`, `hour` (0–23) and so on.
 *
 * @example
 * context({ device: "mobile", hour: { $gte: 18 } }) // { context: { device: "mobile", hour: { $gte: 18 } } }
 */
export function context(filter: Filter): { context: Filter } {
  return { context: filter };
}

/** A sequence is a condition with methods; what holds it is JSON. */
function plainEach<const Parts extends readonly Condition[]>(conditions: Parts): Parts {
  return conditions.map(plain) as readonly Condition[] as Parts;
}
