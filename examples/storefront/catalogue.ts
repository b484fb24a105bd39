import type { CategorySlug, Product } from "./product.ts";
import { accessories } from "./products/accessories.ts";
import { jackets } from "./products/jackets.ts";
import { packs } from "./products/packs.ts";
import { runningShoes } from "./products/running-shoes.ts";

export type Category = {
  slug: CategorySlug;
  name: string;
  line: string;
  products: readonly Product[];
};

export const brand = "Tarnfell";
export const currency = "EUR";

export const categories: readonly Category[] = [
  {
    slug: "running-shoes",
    name: "Running shoes",
    line: "From the first five kilometres to the last fell of the season.",
    products: runningShoes,
  },
  {
    slug: "jackets",
    name: "Jackets",
    line: "Light layers for weather that cannot make up its mind.",
    products: jackets,
  },
  {
    slug: "packs",
    name: "Packs",
    line: "Carry less, carry it well, forget that it is there.",
    products: packs,
  },
  {
    slug: "accessories",
    name: "Accessories",
    line: "Small things that make the difference at the seventh kilometre.",
    products: accessories,
  },
];

export const products: readonly Product[] = categories.flatMap((category) => category.products);

const bySlug = new Map(products.map((product) => [product.slug, product]));

export const findProduct = (slug: string): Product | undefined => bySlug.get(slug);

export const findCategory = (slug: string): Category | undefined =>
  categories.find((category) => category.slug === slug);

export const featured: readonly Product[] = [
  "fellrunner-2",
  "squall-shell",
  "traverse-18",
  "daybreak",
  "lumen-400",
  "meridian-tempo",
  "ember-insulated",
  "merino-crew",
].flatMap((slug) => bySlug.get(slug) ?? []);

export const formatPrice = (euros: number): string =>
  new Intl.NumberFormat("en-IE", { style: "currency", currency, minimumFractionDigits: 0 }).format(euros);

/** What an event says about a product. */
export function productProperties(product: Product) {
  return {
    product_id: product.id,
    sku: `${product.id}-${product.slug}`,
    category: product.category,
    name: product.name,
    brand,
    price: product.price,
    currency,
    url: `/products/${product.slug}`,
    image_url: `/pictures/${product.slug}.svg`,
  };
}
