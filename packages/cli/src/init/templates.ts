import {
  all,
  cartAbandonment,
  churnRisk,
  count,
  define,
  lifecycle,
  rfm,
  segment,
  sinceLast,
  type Definition,
} from "@murmur/core";

export type TemplateName = "shop" | "small";
export type Language = "ts" | "json" | "yaml";

export interface Template {
  description: string;
  /** The definition as a TypeScript module writes it. */
  module: string;
  /** The same as plain JSON. */
  definition: Definition;
}

const SHOP_MODULE = `import { cartAbandonment, churnRisk, count, define, lifecycle, rfm, segment } from "@murmur/core";

/** Who is who in the shop, and what the page shows them. \`npx murmur check\` says what is wrong. */
export default define({
  segments: {
    // The usual segments, each plain JSON with options of its own: rfm({ monetary: [40, 90, 180, 400] }).
    ...lifecycle().segments,
    ...rfm().segments,
    ...cartAbandonment().segments,
    ...churnRisk().segments,
    "running-shoe-intent": {
      name: "Running-shoe intent",
      when: count("Product Viewed", { category: "running-shoes" }).within("7d").gt(3),
    },
  },
  measures: rfm().measures,
  slots: {
    banner: {
      variants: [
        {
          id: "cart-rescue",
          when: segment("cart-abandoner"),
          content: { text: "Still thinking it over? Your cart is waiting.", cta: "View cart", href: "/cart" },
        },
      ],
    },
  },
});
`;

const SMALL_MODULE = `import { all, count, define, segment, sinceLast } from "@murmur/core";

/** Who is who in the shop, and what the page shows them. \`npx murmur check\` says what is wrong. */
export default define({
  segments: {
    "running-shoe-intent": {
      name: "Running-shoe intent",
      when: count("Product Viewed", { category: "running-shoes" }).within("7d").gt(3),
    },
    "cart-abandoner": {
      name: "Cart abandoner",
      when: all(sinceLast("Product Added").gte("2h"), count("Order Completed").after("Product Added").eq(0)),
    },
  },
  slots: {
    banner: {
      variants: [
        {
          id: "cart-rescue",
          when: segment("cart-abandoner"),
          content: { text: "Still thinking it over? Your cart is waiting.", cta: "View cart", href: "/cart" },
        },
      ],
    },
  },
});
`;

const INTENT = {
  name: "Running-shoe intent",
  when: count("Product Viewed", { category: "running-shoes" }).within("7d").gt(3),
};

const SLOTS = {
  banner: {
    variants: [
      {
        id: "cart-rescue",
        when: segment("cart-abandoner"),
        content: { text: "Still thinking it over? Your cart is waiting.", cta: "View cart", href: "/cart" },
      },
    ],
  },
};

export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  shop: {
    description: "a shop: lifecycle, RFM, carts, churn, and a segment of its own",
    module: SHOP_MODULE,
    definition: define({
      segments: {
        ...lifecycle().segments,
        ...rfm().segments,
        ...cartAbandonment().segments,
        ...churnRisk().segments,
        "running-shoe-intent": INTENT,
      },
      measures: rfm().measures,
      slots: SLOTS,
    }),
  },
  small: {
    description: "two segments, to begin with little",
    module: SMALL_MODULE,
    definition: define({
      segments: {
        "running-shoe-intent": INTENT,
        "cart-abandoner": {
          name: "Cart abandoner",
          when: all(
            sinceLast("Product Added").gte("2h"),
            count("Order Completed").after("Product Added").eq(0),
          ),
        },
      },
      slots: SLOTS,
    }),
  },
};
