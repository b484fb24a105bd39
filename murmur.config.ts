import type { Definition } from "@murmur/core";

/** The example shop's segments and the content they decide. */
const definition = {
  segments: {
    "running-shoe-intent": {
      name: "Running-shoe intent",
      description: "Viewed more than three running shoes within seven days.",
      when: { count: { event: "Product Viewed", where: { category: "running-shoes" } }, within: "7d", gt: 3 },
    },
    "cart-abandoner": {
      name: "Cart abandoner",
      description: "Put something in the cart, and for two hours has neither ordered it nor added to it.",
      when: {
        all: [
          { sinceLast: "Product Added", gte: "2h" },
          { sinceLast: "Product Added", lt: "7d" },
          { count: "Order Completed", after: "Product Added", eq: 0 },
        ],
      },
    },
    "first-time-buyer": {
      name: "First-time buyer",
      description: "Has ordered exactly once.",
      when: { count: "Order Completed", eq: 1 },
    },
    "returning-visitor": {
      name: "Returning visitor",
      description: "First came at least a day ago, and is here now.",
      when: {
        all: [
          { sinceFirst: "Page Viewed", gte: "1d" },
          { sinceLast: "Page Viewed", lt: "30m" },
        ],
      },
    },
  },
  measures: {
    "carted-product": { last: "name", of: "Product Added" },
  },
  experiments: {
    "banner-copy": {
      name: "Banner copy",
      audience: { segment: "cart-abandoner" },
      slot: "banner",
      variants: [
        { id: "control", name: "As it was", weight: 0.5 },
        {
          id: "sixty-days",
          name: "Sixty days",
          weight: 0.5,
          content: {
            text: "Your cart is waiting, and you have sixty days to change your mind.",
            cta: "View cart",
            href: "/cart",
          },
        },
      ],
      goal: { event: "Order Completed", value: "total", within: "7d" },
    },
  },
  journeys: {
    "cart-rescue": {
      name: "Cart rescue",
      description: "Writes once to who left a cart for two hours; a day later, ads do the rest.",
      enter: { segment: "cart-abandoner" },
      again: "after 30d",
      goal: "Order Completed",
      steps: [
        { send: "email", template: "cart-reminder", data: { product: "{{ measures.carted-product }}" } },
        { wait: "24h" },
        { if: { segment: "cart-abandoner" }, then: [{ webhook: "ads-audience" }] },
      ],
    },
  },
  messages: {
    cap: { max: 3, within: "7d" },
  },
  templates: {
    "cart-reminder": {
      subject: "Still thinking it over, {{ traits.firstName | there }}?",
      html: '<p>Hello {{ traits.firstName | there }},</p><p>the {{ data.product | piece }} is still in your cart.</p><p><small><a href="murmur:unsubscribe">No more of these e-mails</a></small></p>',
      text: "Hello {{ traits.firstName | there }}, the {{ data.product | piece }} is still in your cart. No more of these e-mails: murmur:unsubscribe",
    },
  },
  slots: {
    hero: {
      variants: [
        {
          id: "running",
          when: { segment: "running-shoe-intent" },
          content: {
            eyebrow: "For your next pair",
            title: "Find the shoe that fits your stride",
            text: "You have been comparing. Try any pair for sixty days, on your own roads and in your own weather, and send it back if it is not the one.",
            cta: "Compare all seven",
            href: "/category/running-shoes",
            image: "/pictures/hero-running.svg",
          },
        },
        {
          id: "thanks",
          when: { segment: "first-time-buyer" },
          content: {
            eyebrow: "Welcome to Tarnfell",
            title: "Good kit deserves good company",
            text: "Thank you for your first order. These are the small things that our own team packs next: a flask, a warm pair of socks, a light for the way home.",
            cta: "See the accessories",
            href: "/category/accessories",
            image: "/pictures/hero-thanks.svg",
          },
        },
        {
          id: "welcome-back",
          when: { segment: "returning-visitor" },
          content: {
            eyebrow: "Welcome back",
            title: "Pick up where the path left off",
            text: "Good to see you again. The autumn packs have come in from the workshop since you were last here.",
            cta: "See the packs",
            href: "/category/packs",
            image: "/pictures/hero-lake.svg",
          },
        },
      ],
    },
    banner: {
      variants: [
        {
          id: "cart-rescue",
          when: { segment: "cart-abandoner" },
          content: {
            text: "Still thinking it over? Your cart is waiting.",
            cta: "View cart",
            href: "/cart",
          },
        },
      ],
    },
  },
} satisfies Definition;

export default definition;
