import type { Definition } from "@murmur/core";

/** Slots that no device decides: one that is shown twice and then its fallback, one with an experiment, and one of both. */
const definition: Definition = {
  segments: { everybody: { all: [] } },
  slots: {
    hero: {
      evaluate: "edge",
      variants: [{ id: "sale", when: { all: [] }, content: { title: "Sale" } }],
      fallback: { content: { title: "Welcome" } },
      cap: { variant: "sale", max: 2 },
    },
    banner: { evaluate: "edge", variants: [], fallback: { content: { title: "Plain" } } },
    footer: { variants: [{ id: "all", when: { all: [] }, content: { title: "Footer" } }] },
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
