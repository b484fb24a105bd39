import type { Duration } from "../../definition/duration.ts";
import { abandoned } from "../abandoned.ts";
import { all } from "../conditions.ts";
import { count, sinceLast } from "../measures.ts";
import { selector, type Step } from "../selection.ts";
import { checkAscending, prefixed, type Preset } from "./preset.ts";

export type CartSegment = "active" | "abandoner" | "checkout-abandoner";

export interface CartAbandonmentOptions<Prefix extends string> {
  /** The events that put something in the cart. `"Product Added"` by default. */
  added?: Step;
  /** The events that begin a checkout. `"Checkout Started"` by default. */
  checkout?: Step;
  /** The events that end it well. `"Order Completed"` by default. */
  order?: Step;
  /** How long a cart or a checkout is left alone before it is abandoned. `"2h"` by default. */
  for?: Duration;
  /** How long ago it was left at most, this end not included. `"7d"` by default. */
  upTo?: Duration;
  /** What the segments' ids begin with. `"cart-"` by default. */
  prefix?: Prefix;
}

/**
 * Carts that wait for their order:
 * - `active`: put something in the cart less than 2 h ago, and has not ordered since;
 * - `abandoner`: put something in the cart last 2 h or more and less than 7 d ago, and has not ordered since;
 * - `checkout-abandoner`: the same of the start of a checkout.
 *
 * Nobody is `active` and `abandoner` at once; a `checkout-abandoner` may be either, and is most often an `abandoner`.
 *
 * @throws DefinitionError when `for` is not shorter than `upTo`
 * @example
 * define({ ...cartAbandonment({ for: "1h" }) }) // segments "cart-active", "cart-abandoner", "cart-checkout-abandoner"
 */
export function cartAbandonment<Prefix extends string = "cart-">(
  options: CartAbandonmentOptions<Prefix> = {},
): Preset<`${Prefix}${CartSegment}`> {
  const { for: least = "2h", upTo = "7d", prefix = "cart-", checkout = "Checkout Started" } = options;
  checkAscending("cartAbandonment.upTo", [least, upTo], "strict");
  const added = selector([options.added ?? "Product Added"]);
  const order = selector([options.order ?? "Order Completed"]);
  return {
    segments: prefixed(prefix as Prefix, {
      active: {
        name: "Active cart",
        description: `Put something in the cart in the last ${least}, and has not ordered since.`,
        when: all(sinceLast(added).lt(least), count(order).after(added).eq(0)),
      },
      abandoner: {
        name: "Cart abandoner",
        description: `Put something in the cart ${least} to ${upTo} ago, and has not ordered since.`,
        when: abandoned(added, { by: order, for: least, upTo }),
      },
      "checkout-abandoner": {
        name: "Checkout abandoner",
        description: `Started a checkout ${least} to ${upTo} ago, and has not ordered since.`,
        when: abandoned(checkout, { by: order, for: least, upTo }),
      },
    }),
  };
}
