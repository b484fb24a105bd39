import type {
  AvgMeasure,
  Bound,
  CountMeasure,
  DistinctMeasure,
  FavoriteMeasure,
  FirstMeasure,
  LastMeasure,
  MaxMeasure,
  MinMeasure,
  NamedMeasure,
  OwnMeasure,
  SinceFirstMeasure,
  SinceLastMeasure,
  SumMeasure,
} from "../definition/measure.ts";
import { building, type Building, type Unit } from "./building.ts";
import { comparisons, type ScalarComparisons } from "./comparisons.ts";
import { fluent } from "./fluent.ts";
import { selector, type Selection } from "./selection.ts";

/** A path of the events' properties, before it is said of which events. */
export interface Reading<Measure extends OwnMeasure, Of extends Unit> {
  of(...selection: Selection): Building<Measure, Of>;
}

/** A named measure, before it is compared. */
export type Named<Name extends string> = { measure: Name } & ScalarComparisons<{ measure: Name }, Bound>;

/**
 * How many of the selected events there are: a number, 0 if none.
 *
 * @example
 * count("Product Viewed", { category: "running-shoes" }).within("7d").gt(3)
 * // { count: { event: "Product Viewed", where: { category: "running-shoes" } }, within: "7d", gt: 3 }
 */
export function count(...selection: Selection): Building<CountMeasure, "number"> {
  return building<CountMeasure, "number">({ count: selector(selection) });
}

/**
 * Sum of the finite numbers at a dotted path of the selected events' properties, exact to 4 decimals; 0 if none.
 *
 * @example
 * sum("total").of("Order Completed").within("90d").gte(500)
 * // { sum: "total", of: "Order Completed", within: "90d", gte: 500 }
 */
export function sum(path: string): Reading<SumMeasure, "number"> {
  return { of: (...selection) => building<SumMeasure, "number">({ sum: path, of: selector(selection) }) };
}

/**
 * That sum divided by how many numbers there are; missing if none.
 *
 * @example
 * avg("total").of("Order Completed").gt(80) // { avg: "total", of: "Order Completed", gt: 80 }
 */
export function avg(path: string): Reading<AvgMeasure, "number"> {
  return { of: (...selection) => building<AvgMeasure, "number">({ avg: path, of: selector(selection) }) };
}

/**
 * The smallest of the finite numbers at a path; missing if none.
 *
 * @example
 * min("price").of("Product Viewed").lt(20) // { min: "price", of: "Product Viewed", lt: 20 }
 */
export function min(path: string): Reading<MinMeasure, "number"> {
  return { of: (...selection) => building<MinMeasure, "number">({ min: path, of: selector(selection) }) };
}

/**
 * The largest of the finite numbers at a path; missing if none.
 *
 * @example
 * max("total").of("Order Completed").gte(250) // { max: "total", of: "Order Completed", gte: 250 }
 */
export function max(path: string): Reading<MaxMeasure, "number"> {
  return { of: (...selection) => building<MaxMeasure, "number">({ max: path, of: selector(selection) }) };
}

/**
 * How many different scalars there are at a path: a number, 0 if none. `1` and `"1"` differ.
 *
 * @example
 * distinct("category").of("Product Viewed").within("session").gte(3)
 * // { distinct: "category", of: "Product Viewed", within: "session", gte: 3 }
 */
export function distinct(path: string): Reading<DistinctMeasure, "number"> {
  return {
    of: (...selection) => building<DistinctMeasure, "number">({ distinct: path, of: selector(selection) }),
  };
}

/**
 * The scalar seen most often at a path, between equals the one seen last; missing if none.
 *
 * @example
 * favorite("category").of("Product Viewed").within("30d").in(["shoes", "socks"])
 * // { favorite: "category", of: "Product Viewed", within: "30d", in: ["shoes", "socks"] }
 */
export function favorite(path: string): Reading<FavoriteMeasure, "scalar"> {
  return {
    of: (...selection) => building<FavoriteMeasure, "scalar">({ favorite: path, of: selector(selection) }),
  };
}

/**
 * The scalar at a path in the first selected event that has one; missing if none.
 *
 * @example
 * first("utm.source").of("Page Viewed").eq("newsletter")
 * // { first: "utm.source", of: "Page Viewed", eq: "newsletter" }
 */
export function first(path: string): Reading<FirstMeasure, "scalar"> {
  return { of: (...selection) => building<FirstMeasure, "scalar">({ first: path, of: selector(selection) }) };
}

/**
 * The scalar at a path in the last selected event that has one; missing if none.
 *
 * @example
 * last("plan").of("Subscription Changed").ne("free")
 * // { last: "plan", of: "Subscription Changed", ne: "free" }
 */
export function last(path: string): Reading<LastMeasure, "scalar"> {
  return { of: (...selection) => building<LastMeasure, "scalar">({ last: path, of: selector(selection) }) };
}

/**
 * Time since the last of the selected events, compared with durations; missing if there is none.
 *
 * @example
 * sinceLast(["Order Completed", "Signed In"]).gte("90d")
 * // { sinceLast: { event: ["Order Completed", "Signed In"] }, gte: "90d" }
 */
export function sinceLast(...selection: Selection): Building<SinceLastMeasure, "duration"> {
  return building<SinceLastMeasure, "duration">({ sinceLast: selector(selection) });
}

/**
 * Time since the first of the selected events, compared with durations; missing if there is none.
 *
 * @example
 * sinceFirst("Page Viewed").between("1d", "7d") // { sinceFirst: "Page Viewed", between: ["1d", "7d"] }
 */
export function sinceFirst(...selection: Selection): Building<SinceFirstMeasure, "duration"> {
  return building<SinceFirstMeasure, "duration">({ sinceFirst: selector(selection) });
}

/**
 * A measure of the definition, by its name; compared with what that measure is in, which `compile` checks.
 *
 * @example
 * measure("orders").gte(3) // { measure: "orders", gte: 3 }
 */
export function measure<const Name extends string>(name: Name): Named<Name> {
  const named = { measure: name } satisfies NamedMeasure;
  return fluent(named, comparisons(named));
}
