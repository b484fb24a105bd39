import type { Definition } from "@murmur/core";

/** Segments that remember for ever, wherever they are evaluated. */
const definition: Definition = {
  segments: {
    regular: { count: "Order Completed", gte: 2 },
    explorer: { when: { count: "Product Viewed", gte: 3 }, evaluate: "device" },
    vip: { trait: { tier: "vip" } },
  },
};

export default definition;
