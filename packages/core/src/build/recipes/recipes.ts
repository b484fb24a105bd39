import type { Condition } from "../../definition/condition.ts";
import type { Definition, SegmentDefinition } from "../../definition/definition.ts";
import type { Duration } from "../../definition/duration.ts";
import type { JourneyStep } from "../../definition/journey.ts";
import { abandoned } from "../abandoned.ts";

/** Part of a definition: plain JSON, to be spread into one and changed at will. */
export interface Recipe<Id extends string = string> extends Pick<
  Definition,
  "measures" | "journeys" | "slots"
> {
  segments: { readonly [Key in Id]: SegmentDefinition | Condition };
}

const ORDER = "Order Completed";
const mail = (template: string, data?: { [key: string]: string }): JourneyStep => ({
  send: "email",
  template,
  ...(data && { data }),
});

/** A mail two hours after a cart was left, and a day after that an ad audience, unless it is bought. */
export function cartRescue({
  after = "2h" as Duration,
  adsAfter = "24h" as Duration,
} = {}): Recipe<"cart-left"> {
  return {
    segments: { "cart-left": abandoned("Product Added", { by: ORDER, for: after, upTo: "7d" }) },
    measures: { "cart-product": { last: "name", of: "Product Added" } },
    journeys: {
      "cart-rescue": {
        enter: { segment: "cart-left" },
        again: "after 30d",
        goal: ORDER,
        steps: [
          mail("cart-reminder", { product: "{{ measures.cart-product }}" }),
          { wait: adsAfter },
          { if: { segment: "cart-left" }, then: [{ webhook: "ads-audience" }] },
        ],
      },
    },
  };
}

/** A mail to who looked at three products or more, the last of them four hours ago, and put nothing into the cart. */
export function browseRescue({ after = "4h" as Duration } = {}): Recipe<"browse-left"> {
  return {
    segments: {
      "browse-left": {
        all: [
          { count: "Product Viewed", within: "7d", gte: 3 },
          { sinceLast: "Product Viewed", gte: after },
          { count: { event: ["Product Added", "Checkout Started", ORDER] }, within: "7d", eq: 0 },
        ],
      },
    },
    measures: { "browsed-category": { favorite: "category", of: "Product Viewed", within: "7d" } },
    journeys: {
      "browse-rescue": {
        enter: { segment: "browse-left" },
        again: "after 14d",
        goal: { event: ["Product Added", ORDER] },
        steps: [mail("browse-reminder", { category: "{{ measures.browsed-category }}" })],
      },
    },
  };
}

/** Three mails in the fourteen days from signing up on; the last one only to who has not ordered. */
export function welcome(): Recipe<"signed-up"> {
  return {
    segments: { "signed-up": { count: "Signed Up", gte: 1 } },
    journeys: {
      welcome: {
        enter: { segment: "signed-up" },
        steps: [
          mail("welcome-1"),
          { wait: "4d" },
          mail("welcome-2"),
          { wait: "10d" },
          { if: { count: ORDER, gte: 1 }, then: [{ end: true }] },
          mail("welcome-first-order"),
        ],
      },
    },
  };
}

/** To good customers who were not seen for 90 days: a mail, and after a week a better offer. */
export function vipWinBack({ idle = "90d" as Duration, spent = 500 } = {}): Recipe<"vip" | "dormant-vip"> {
  return {
    segments: {
      vip: { any: [{ trait: { tier: "vip" } }, { sum: "total", of: ORDER, gte: spent }] },
      "dormant-vip": {
        all: [{ segment: "vip" }, { sinceLast: { event: [ORDER, "Signed In", "Page Viewed"] }, gte: idle }],
      },
    },
    journeys: {
      "vip-win-back": {
        enter: { segment: "dormant-vip" },
        again: "after 180d",
        goal: ORDER,
        steps: [
          mail("vip-we-miss-you"),
          { wait: { until: { not: { segment: "dormant-vip" } }, atMost: "7d" } },
          { if: { segment: "dormant-vip" }, then: [mail("vip-offer"), { webhook: "crm-task" }] },
        ],
      },
    },
  };
}

/** Asks for a review once the last order is ten days old, unless one was written since. */
export function reviewRequest({ after = "10d" as Duration } = {}): Recipe<"just-ordered"> {
  return {
    segments: { "just-ordered": { sinceLast: ORDER, lt: after } },
    journeys: {
      "review-request": {
        enter: { segment: "just-ordered" },
        on: "exit",
        again: "always",
        goal: "Product Reviewed",
        steps: [{ if: { count: "Product Reviewed", after: ORDER, eq: 0 }, then: [mail("review-request")] }],
      },
    },
  };
}

/** A coupon to who looks at what is reduced and does not buy at full price; half of them, to see what it brings. */
export function priceSensitiveCoupon(): Recipe<"price-sensitive"> {
  return {
    segments: {
      "price-sensitive": {
        all: [
          { count: { event: "Product Viewed", where: { on_sale: true } }, within: "14d", gte: 3 },
          { count: { event: ORDER, where: { coupon: { $exists: false } } }, within: "90d", eq: 0 },
        ],
      },
    },
    journeys: {
      "price-coupon": {
        enter: { segment: "price-sensitive" },
        again: "after 90d",
        goal: ORDER,
        steps: [
          { wait: "1d" },
          {
            split: [
              { weight: 0.5, steps: [{ trait: { coupon: "SAVE10" } }, mail("coupon", { code: "SAVE10" })] },
              { weight: 0.5, steps: [{ event: "Coupon Withheld" }] },
            ],
          },
        ],
      },
    },
  };
}

/** A task in the CRM when the use of a product has fallen by a fifth in two weeks running. */
export function slippingAccount({ change = -0.2 } = {}): Recipe<"slipping-account"> {
  return {
    segments: {
      "slipping-account": {
        trend: { count: "Feature Used" },
        every: "7d",
        periods: 2,
        change: { lte: change },
      },
    },
    measures: { "uses-this-week": { count: "Feature Used", within: "7d" } },
    journeys: {
      "slipping-account": {
        enter: { segment: "slipping-account" },
        again: "after 30d",
        steps: [
          {
            webhook: "crm-task",
            data: { account: "{{ traits.account }}", uses: "{{ measures.uses-this-week }}" },
          },
        ],
      },
    },
  };
}

/** A place in the feed for who reads three articles of one topic in a week. */
export function topicEnthusiast<const Topic extends string>(
  topics: readonly Topic[],
): Recipe<`enthusiast-${Topic}`> {
  const id = (topic: Topic): `enthusiast-${Topic}` => `enthusiast-${topic}`;
  return {
    segments: Object.fromEntries(
      topics.map((topic): [string, Condition] => [
        id(topic),
        { count: { event: "Article Read", where: { topic } }, within: "7d", gte: 3 },
      ]),
    ) as Record<`enthusiast-${Topic}`, Condition>,
    slots: {
      feed: {
        variants: topics.map((topic) => ({ id: topic, when: { segment: id(topic) }, content: { topic } })),
      },
    },
  };
}
