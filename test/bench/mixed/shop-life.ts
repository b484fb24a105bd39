import type { Entry, Json } from "@murmur/core";
import { type SeededRandom, seededRandom } from "../../load/seeded-random.ts";
import { BRANDS, CAMPAIGNS, CATEGORIES, type Product, PRODUCTS } from "./shop.ts";

/** How often a shopper comes, and how much happens in a visit. */
export interface Pace {
  /** Events in a visit, on average. */
  perVisit: number;
  /** From one visit to the next, on average, ms. */
  pause: number;
}

/** Between two events of a visit, ms. */
const SHORTEST = 2_000;
const LONGEST = 58_000;
/** A shorter pause would not end the session. */
const SHORTEST_PAUSE = 31 * 6e4;

/** A shopper's whole life, without end: visits with pauses between, carts that become orders or do not, and letters. */
export class ShopLife implements Iterator<Entry, never> {
  readonly #random: SeededRandom;
  readonly #pace: Pace;
  #timestamp = Date.UTC(2026, 0, 1);
  #count = 0;
  #taste = 0;
  #product: Product = PRODUCTS[0]![0]!;
  #cart: Product[] = [];
  #isArriving = true;

  constructor(seed: number, pace: Pace) {
    this.#random = seededRandom(seed);
    this.#pace = pace;
    this.#taste = this.#random.whole(0, CATEGORIES.length - 1);
  }

  next(): { done: false; value: Entry } {
    const [name, properties] = this.#isArriving ? this.#arrive() : this.#go();
    const [timestamp, id] = [this.#timestamp, `entry-${this.#count++}`];
    this.#pass();
    if (name === "identify")
      return { done: false, value: { type: "identify", id, timestamp, traits: properties } };
    return { done: false, value: { type: "event", id, name, timestamp, properties } };
  }

  /** From this entry to the next one: a while, or the pause before another visit. */
  #pass(): void {
    const random = this.#random;
    this.#isArriving = random.chance(1 / this.#pace.perVisit);
    this.#timestamp += this.#isArriving
      ? SHORTEST_PAUSE + random.whole(0, 2 * Math.max(0, this.#pace.pause - SHORTEST_PAUSE))
      : random.whole(SHORTEST, LONGEST);
  }

  /** A visit begins, and every so often with another taste. */
  #arrive(): [string, { [key: string]: Json }] {
    const random = this.#random;
    if (random.chance(0.3)) this.#taste = random.whole(0, CATEGORIES.length - 1);
    if (random.chance(0.4)) return ["Email Opened", { campaign: one(random, CAMPAIGNS) }];
    return ["Page Viewed", { path: "/" }];
  }

  #go(): [string, { [key: string]: Json }] {
    const random = this.#random;
    const dice = random.next();
    if (dice < 0.45) {
      this.#product = this.#choose();
      return ["Product Viewed", this.#product];
    }
    if (dice < 0.67) return ["Page Viewed", { path: `/${this.#product.category}` }];
    if (dice < 0.79) {
      this.#cart.push(this.#product);
      return ["Product Added", this.#product];
    }
    if (dice < 0.82 && this.#cart.length > 0) return ["Product Removed", this.#cart.pop()!];
    if (dice < 0.85 && this.#cart.length > 0) return ["Order Completed", this.#order()];
    if (dice < 0.87) return ["identify", this.#traits()];
    return ["Product List Viewed", { category: CATEGORIES[this.#taste]! }];
  }

  /** Mostly of the category that the visit is about, and each category's first products most of all. */
  #choose(): Product {
    const random = this.#random;
    const category = random.chance(0.7) ? this.#taste : random.whole(0, CATEGORIES.length - 1);
    const products = PRODUCTS[category]!;
    return products[Math.floor(products.length * random.next() ** 2)]!;
  }

  #order(): { [key: string]: Json } {
    const total = Math.round(this.#cart.reduce((total, { price }) => total + price, 0) * 100) / 100;
    const products = this.#cart.map(({ product_id }) => product_id);
    this.#cart = [];
    return { order_id: `order-${this.#count}`, total, products };
  }

  #traits(): { [key: string]: Json } {
    const random = this.#random;
    return {
      tier: one(random, ["basic", "silver", "vip"]),
      newsletter: random.chance(0.5),
      brands: [one(random, BRANDS)],
    };
  }
}

function one<T>(random: SeededRandom, values: readonly T[]): T {
  return values[random.whole(0, values.length - 1)]!;
}
