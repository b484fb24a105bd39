import type { Definition } from "@murmur/core";
import shop from "../../../murmur.config.ts";

const audience = { count: "Lab Entered", gte: 1 };
const variants = [
  { id: "control", weight: 0.5, content: { title: "As it was" } },
  { id: "bold", name: "Bold", weight: 0.5, content: { title: "Bold" } },
] as const;

/** The example shop, and experiments in a slot that none of its pages has: for who has entered the lab. */
export default {
  ...shop,
  slots: { ...shop.slots, lab: { variants: [], evaluate: "edge" } },
  experiments: {
    "lab-copy": {
      name: "The copy of the lab",
      audience,
      slot: "lab",
      variants,
      goal: { event: "Lab Ordered", value: "total" },
      holdout: 0.1,
    },
    "lab-bandit": {
      audience: { all: [audience, { count: "Bandit Entered", gte: 1 }] },
      slot: "lab",
      variants,
      goal: { event: "Lab Ordered", within: "7d" },
      allocation: "bandit",
    },
  },
} satisfies Definition;
