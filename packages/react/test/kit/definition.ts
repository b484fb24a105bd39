import type { Definition } from "@murmur/core";

/** Four views make a fan, whose hero and offers are others than the page's own. */
export const definition = {
  segments: {
    fan: { count: "Product Viewed", gt: 3 },
    buyer: { count: "Order Completed", gte: 1 },
  },
  measures: { views: { count: "Product Viewed" } },
  slots: {
    hero: {
      variants: [
        { id: "fans", when: { segment: "fan" }, content: { title: "For fans", href: "/fans", cta: "Look" } },
      ],
    },
    offer: {
      variants: [{ id: "half", when: { segment: "buyer" }, content: { percent: 50 } }],
      fallback: { content: { percent: 10 } },
    },
  },
  experiments: {
    "offer-copy": {
      slot: "offer",
      variants: [{ id: "control" }, { id: "code", content: { percent: 20, code: "TWENTY" } }],
    },
  },
} satisfies Definition;
