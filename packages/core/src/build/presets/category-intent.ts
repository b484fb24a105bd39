import type { SegmentDefinition } from "../../definition/definition.ts";
import type { Duration } from "../../definition/duration.ts";
import type { Filter } from "../../filter/filter.ts";
import { all, any } from "../conditions.ts";
import { count, favorite } from "../measures.ts";
import { prefixed, type MeasuredPreset } from "./preset.ts";

export interface CategoryIntentOptions<Prefix extends string> {
  /** How many views show intent; one product put in the cart does as well. 4 by default. */
  views?: number;
  /** The window of views and orders. `"7d"` by default. */
  within?: Duration;
  /** The path of a product's category, in views as in the `products` of an order. `"category"` by default. */
  path?: string;
  /** What the ids of segments and the names of measures begin with. `"intent-"` by default. */
  prefix?: Prefix;
}

/**
 * For each category a segment of its name: in the last 7 d, viewed at least 4 of its products or put one in the cart, and
 * ordered none of them. Views and cart are `Product Viewed` and `Product Added` with `category`; orders are
 * `Order Completed` with `products: [{ category }, …]`. The measure `favorite-category` is the category viewed most in
 * that window.
 *
 * @example
 * define({ ...categoryIntent(["running-shoes", "tents"]) }) // segments "intent-running-shoes" and "intent-tents"
 */
export function categoryIntent<const Category extends string, Prefix extends string = "intent-">(
  categories: readonly Category[],
  options: CategoryIntentOptions<Prefix> = {},
): MeasuredPreset<`${Prefix}${Category}`, `${Prefix}favorite-category`> {
  const { views = 4, within = "7d", path = "category" } = options;
  const prefix = (options.prefix ?? "intent-") as Prefix;
  const segments = categories.map((category): [Category, SegmentDefinition] => {
    const ofCategory: Filter = { [path]: category };
    const when = all(
      any(
        count("Product Viewed", ofCategory).within(within).gte(views),
        count("Product Added", ofCategory).within(within).gte(1),
      ),
      count("Order Completed", { products: { $elemMatch: ofCategory } })
        .within(within)
        .eq(0),
    );
    const description = `Within ${within}, viewed ${views} of ${category} or more, or put one in the cart, and ordered none.`;
    return [category, { name: `Intent: ${category}`, description, when }];
  });
  return {
    segments: prefixed(prefix, Object.fromEntries(segments) as Record<Category, SegmentDefinition>),
    measures: prefixed(prefix, {
      "favorite-category": { ...favorite(path).of("Product Viewed").within(within) },
    }),
  };
}
