import type { Definition } from "@murmur/core";

/** Segments that a shop's whole life moves: visits, carts, orders and e-mails, from page, server and provider. */
const definition = {
  segments: {
    browsing: { sinceLast: "Page Viewed", lt: "30m" },
    "shoe-intent": {
      count: { event: "Product Viewed", where: { category: "running-shoes" } },
      within: "7d",
      gt: 3,
    },
    "big-ticket": {
      count: { event: "Product Viewed", where: { price: { $gte: 150 } } },
      within: "2d",
      gte: 2,
    },
    "cart-waiting": {
      all: [
        { sinceLast: "Product Added", gte: "2h" },
        { sinceLast: "Product Added", lt: "7d" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
    "first-order": { count: "Order Completed", eq: 1 },
    regular: { count: "Order Completed", within: "30d", gte: 2 },
    "reads-mail": { count: "Email Opened", within: "14d", gte: 1 },
    "back-from-mail": { count: "Page Viewed", after: "Email Link Clicked", gte: 1 },
    "won-over": { all: [{ segment: "reads-mail" }, { segment: "first-order" }] },
  },
} satisfies Definition;

export default definition;
