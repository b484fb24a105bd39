/** What the shop of the mixed workload sells. */
export const CATEGORIES = [
  "running-shoes",
  "trail-shoes",
  "jackets",
  "fleece",
  "socks",
  "tents",
  "backpacks",
  "stoves",
  "lamps",
  "maps",
] as const;
export const BRANDS = ["Tarnfell", "Northbeck", "Corrie", "Skarn", "Hollin", "Wester"] as const;
export const CAMPAIGNS = ["spring", "welcome", "come-back", "sale"] as const;

const PRODUCTS_EACH = 40;
const CHEAPEST = 4.99;

export interface Product {
  [property: string]: string | number;
  product_id: string;
  category: string;
  brand: string;
  price: number;
}

/** The products of each category, cheap ones and dear ones. */
export const PRODUCTS: readonly (readonly Product[])[] = CATEGORIES.map((category, line) =>
  Array.from({ length: PRODUCTS_EACH }, (_, at) => ({
    product_id: `${category}-${at}`,
    category,
    brand: BRANDS[(at + line) % BRANDS.length]!,
    price: Math.round((CHEAPEST + ((at * 7 + line * 11) % PRODUCTS_EACH) * 4.5) * 100) / 100,
  })),
);
