import type { Definition } from "@murmur/core";

const ANYTHING = ["Product Viewed", "Product Added", "Product Removed", "Order Completed"];

/**
 * Segments that three hours of a real shop exercise. Their windows are short, so that people leave as well as enter;
 * together they read every event and every property that the replay compares.
 */
const definition = {
  measures: {
    "views-last-hour": { count: "Product Viewed", within: "1h" },
  },
  segments: {
    "smartphone-intent": {
      count: { event: "Product Viewed", where: { category: "electronics.smartphone" } },
      within: "30m",
      gt: 2,
    },
    "apple-watcher": {
      count: { event: "Product Viewed", where: { brand: "apple" } },
      within: "1h",
      gte: 3,
    },
    "comparing-phones": {
      count: {
        event: "Product Viewed",
        where: { brand: { $in: ["samsung", "xiaomi", "huawei"] }, category: { $startsWith: "electronics." } },
      },
      within: "45m",
      between: [2, 6],
    },
    "big-ticket": {
      count: { event: "Product Viewed", where: { price: { $gte: 500 } } },
      within: "2h",
      gte: 2,
    },
    "bargain-hunter": {
      all: [
        { count: { event: "Product Viewed", where: { price: { $lt: 50 } } }, within: "20m", gte: 2 },
        { not: { segment: "big-ticket" } },
      ],
    },
    "off-the-shelf": {
      count: { event: "Product Viewed", where: { category: { $exists: false } } },
      within: "90m",
      gte: 2,
    },
    "cart-waiting": {
      all: [
        { sinceLast: "Product Added", gte: "10m" },
        { sinceLast: "Product Added", lt: "2h" },
        { count: "Order Completed", after: "Product Added", eq: 0 },
      ],
    },
    "still-looking": { count: "Product Viewed", after: "Product Added", within: "1h", gte: 2 },
    "just-bought": { sinceLast: "Order Completed", lt: "45m" },
    newcomer: { sinceFirst: { event: ANYTHING }, lt: "25m" },
    "long-visit": {
      all: [
        { sinceFirst: "Product Viewed", within: "2h", gte: "15m" },
        { sinceLast: "Product Viewed", lte: "10m" },
      ],
    },
    "window-shopper": {
      all: [
        { measure: "views-last-hour", gte: 5 },
        { not: { any: [{ segment: "cart-waiting" }, { segment: "just-bought" }] } },
      ],
    },
    "second-thoughts": { sinceLast: "Product Removed", lt: "1h" },
    "worth-a-call": {
      any: [
        { all: [{ segment: "big-ticket" }, { segment: "long-visit" }] },
        { all: [{ segment: "cart-waiting" }, { segment: "still-looking" }] },
      ],
    },
  },
} satisfies Definition;

export default definition;
