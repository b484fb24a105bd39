import type { Accessory } from "./pictures/accessory.ts";
import type { Jacket } from "./pictures/jacket.ts";
import type { Pack } from "./pictures/pack.ts";
import type { Shoe } from "./pictures/shoe.ts";

export type CategorySlug = "running-shoes" | "jackets" | "packs" | "accessories";

export type Picture = Shoe | Jacket | Pack | Accessory;

export type Product = {
  id: string;
  slug: string;
  category: CategorySlug;
  name: string;
  /** Whole euros. */
  price: number;
  colour: string;
  summary: string;
  description: string;
  details: readonly string[];
  badge?: string;
  picture: Picture;
};

const sizes: Partial<Record<CategorySlug, readonly string[]>> = {
  "running-shoes": ["36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47"],
  jackets: ["XS", "S", "M", "L", "XL"],
};

/** Empty for what comes in one size. */
export const sizesOf = (product: Product): readonly string[] => sizes[product.category] ?? [];
