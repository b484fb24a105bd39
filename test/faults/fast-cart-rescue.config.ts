import type { Definition } from "@murmur/core";

/** The cart rescue on a fast clock: a second for half an hour. */
const definition = {
  segments: {
    "cart-abandoner": {
      all: [
        { sinceLast: "Product Added", gte: "4s" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
  },
  journeys: {
    "cart-rescue": {
      enter: { segment: "cart-abandoner" },
      again: "after 30d",
      goal: "Order Completed",
      steps: [
        { send: "email", template: "cart-reminder" },
        { wait: "6s" },
        { if: { segment: "cart-abandoner" }, then: [{ webhook: "ads-audience" }], else: [{ end: true }] },
      ],
    },
  },
} satisfies Definition;

export default definition;
