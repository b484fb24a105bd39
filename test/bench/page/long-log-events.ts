import type { EventEntry } from "@murmur/core";
import { seededRandom } from "../../load/seeded-random.ts";
import { CATEGORIES } from "../mixed/shop.ts";

const EVENTS = 10_000;
const SPAN = 28 * 864e5;

/** A busy shopper's four weeks up to an hour ago, about 330 bytes an event. */
export const LONG_LOG: readonly EventEntry[] = longLog(Date.now() - 36e5);

function longLog(end: number): EventEntry[] {
  const random = seededRandom(1);
  return Array.from({ length: EVENTS }, (_, at) => {
    const category = CATEGORIES[random.whole(0, CATEGORIES.length - 1)]!;
    const product = `${category}-${random.whole(0, 39)}`;
    return {
      type: "event",
      id: `event-${String(at).padStart(26, "0")}`,
      name: random.chance(0.8) ? "Product Viewed" : "Product Added",
      timestamp: Math.floor(end - SPAN + (SPAN * at) / EVENTS),
      properties: {
        product_id: product,
        category,
        name: `A product of the shop's, number ${product}`,
        brand: "Tarnfell",
        price: random.whole(5, 180),
        currency: "EUR",
        url: `https://shop.example/products/${product}?from=list`,
      },
    };
  });
}
