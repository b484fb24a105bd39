import type { Duration } from "../../definition/duration.ts";
import { all } from "../conditions.ts";
import { count, sinceLast } from "../measures.ts";
import { selector, type Step } from "../selection.ts";
import { checkAscending, prefixed, type Preset } from "./preset.ts";

export interface BrowseAbandonmentOptions<Prefix extends string> {
  /** The events that look at a product. `"Product Viewed"` by default. */
  viewed?: Step;
  /** The events that go further: by default a product put in the cart, a checkout, an order. */
  further?: Step;
  /** How many views it takes. 2 by default. */
  views?: number;
  /** How long the last view is ago at least. `"2h"` by default. */
  for?: Duration;
  /** The window of the views, in which nothing went further. `"7d"` by default. */
  upTo?: Duration;
  /** What the segments' ids begin with. `"browse-"` by default. */
  prefix?: Prefix;
}

/**
 * `abandoner`: viewed at least 2 products in the last 7 d, the last of them 2 h ago or more, and in those 7 d neither put
 * anything in the cart nor started a checkout nor ordered. With the same `upTo`, nobody is a browse abandoner and one of
 * `cartAbandonment` at once.
 *
 * @throws DefinitionError when `for` is not shorter than `upTo`
 * @example
 * define({ ...browseAbandonment({ views: 3 }) }) // segment "browse-abandoner"
 */
export function browseAbandonment<Prefix extends string = "browse-">(
  options: BrowseAbandonmentOptions<Prefix> = {},
): Preset<`${Prefix}abandoner`> {
  const { views = 2, for: least = "2h", upTo = "7d", prefix = "browse-" } = options;
  checkAscending("browseAbandonment.upTo", [least, upTo], "strict");
  const viewed = selector([options.viewed ?? "Product Viewed"]);
  const further = selector([options.further ?? ["Product Added", "Checkout Started", "Order Completed"]]);
  return {
    segments: prefixed(prefix as Prefix, {
      abandoner: {
        name: "Browse abandoner",
        description: `Viewed ${views} products or more within ${upTo}, left ${least} ago or before, and went no further.`,
        when: all(
          sinceLast(viewed).gte(least),
          count(viewed).within(upTo).gte(views),
          count(further).within(upTo).eq(0),
        ),
      },
    }),
  };
}
