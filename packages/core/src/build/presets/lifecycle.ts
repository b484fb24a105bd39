import type { Condition } from "../../definition/condition.ts";
import type { Duration } from "../../definition/duration.ts";
import { DefinitionError } from "../../definition/definition-error.ts";
import { all, any } from "../conditions.ts";
import { count, sinceLast } from "../measures.ts";
import { selector, type Step } from "../selection.ts";
import { DEFAULT_ACTIVITY } from "./activity.ts";
import { checkAscending, prefixed, type Preset } from "./preset.ts";

export type LifecycleStage = "new-visitor" | "first-time-buyer" | "active" | "loyal" | "at-risk" | "dormant";

export interface LifecycleOptions<Prefix extends string> {
  /** The events that are an order. `"Order Completed"` by default. */
  order?: Step;
  /** The events by which a visitor without an order is seen; page and product views, sign-ins and the like by default. */
  activity?: Step;
  /** From how many orders on a buyer is loyal: at least 3, 4 by default. */
  loyalFrom?: number;
  /** How long after the last order a buyer is at risk. `"90d"` by default. */
  atRiskAfter?: Duration;
  /** How long after the last order a buyer, or after the last visit a visitor, is dormant. `"180d"` by default. */
  dormantAfter?: Duration;
  /** What the segments' ids begin with. `"lifecycle-"` by default. */
  prefix?: Prefix;
}

/**
 * The stages of a customer's life. Everybody is in exactly one of them at every instant:
 *
 * | stage              | who has not ordered yet               | who has ordered: time since the last order, orders in all |
 * | ------------------ | ------------------------------------- | --------------------------------------------------------- |
 * | `new-visitor`      | and was seen less than 180d ago, or   |                                                           |
 * |                    | has none of the events of `activity`  |                                                           |
 * | `first-time-buyer` |                                       | less than 90d, 1                                          |
 * | `active`           |                                       | less than 90d, 2 or 3                                     |
 * | `loyal`            |                                       | less than 90d, 4 or more                                  |
 * | `at-risk`          |                                       | 90d or more and less than 180d, any                       |
 * | `dormant`          | and was last seen 180d ago or before  | 180d or more, any                                         |
 *
 * @throws DefinitionError when the options contradict each other
 * @example
 * define({ ...lifecycle({ atRiskAfter: "60d" }), slots: { … } }) // segments "lifecycle-new-visitor" and so on
 */
export function lifecycle<Prefix extends string = "lifecycle-">(
  options: LifecycleOptions<Prefix> = {},
): Preset<`${Prefix}${LifecycleStage}`> {
  const { loyalFrom = 4, atRiskAfter = "90d", dormantAfter = "180d", prefix = "lifecycle-" } = options;
  checkAscending("lifecycle.dormantAfter", [atRiskAfter, dormantAfter], "strict");
  if (!(loyalFrom >= 3))
    throw new DefinitionError([
      {
        path: "lifecycle.loyalFrom",
        message: "must be at least 3: who has ordered once is a first-time buyer, and twice active",
      },
    ]);
  const order = selector([options.order ?? "Order Completed"]);
  const activity = selector([options.activity ?? DEFAULT_ACTIVITY]);
  const isVisitor = count(order).eq(0);
  const isRecent = sinceLast(order).lt(atRiskAfter);
  const stage = (name: string, description: string, when: Condition) => ({ name, description, when });
  return {
    segments: prefixed(prefix as Prefix, {
      "new-visitor": stage(
        "New visitor",
        `Has not ordered, and was last seen less than ${dormantAfter} ago, or never.`,
        all(isVisitor, any(count(activity).eq(0), sinceLast(activity).lt(dormantAfter))),
      ),
      "first-time-buyer": stage(
        "First-time buyer",
        `Has ordered once, in the last ${atRiskAfter}.`,
        all(isRecent, count(order).eq(1)),
      ),
      active: stage(
        "Active",
        `Has ordered more than once, fewer than ${loyalFrom} times, and in the last ${atRiskAfter}.`,
        all(isRecent, count(order).gt(1), count(order).lt(loyalFrom)),
      ),
      loyal: stage(
        "Loyal",
        `Has ordered ${loyalFrom} times or more, and in the last ${atRiskAfter}.`,
        all(isRecent, count(order).gte(loyalFrom)),
      ),
      "at-risk": stage(
        "At risk",
        `Last ordered ${atRiskAfter} to ${dormantAfter} ago.`,
        all(sinceLast(order).gte(atRiskAfter), sinceLast(order).lt(dormantAfter)),
      ),
      dormant: stage(
        "Dormant",
        `Last ordered, or without an order was last seen, ${dormantAfter} ago or before.`,
        any(sinceLast(order).gte(dormantAfter), all(isVisitor, sinceLast(activity).gte(dormantAfter))),
      ),
    }),
  };
}
