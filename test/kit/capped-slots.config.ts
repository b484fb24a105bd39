import type { Definition } from "@murmur/core";

/** A slot that is shown twice and then its fallback, and one with an experiment that everybody takes part in. */
const definition: Definition = {
  segments: { seen: { when: { count: "Slot Viewed", gte: 1 } } },
  slots: {
    hero: {
      variants: [{ id: "sale", when: { all: [] }, content: { title: "Sale" } }],
      fallback: { content: { title: "Welcome" } },
      cap: { variant: "sale", max: 2 },
      timeout: "1h",
    },
    banner: {
      variants: [],
      fallback: { content: { title: "Plain" } },
      timeout: "1h",
    },
  },
  experiments: {
    copy: {
      slot: "banner",
      variants: [{ id: "control" }, { id: "bold", content: { title: "Bold" } }],
      goal: { event: "Order Completed" },
    },
  },
};

export default definition;
