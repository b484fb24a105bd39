import { findCategory, findProduct, type Category } from "../../storefront/catalogue.ts";
import type { Product } from "../../storefront/product.ts";

/** What an address shows. */
export type Page =
  | { name: "home" }
  | { name: "category"; category: Category }
  | { name: "product"; product: Product }
  | { name: "cart" }
  | { name: "not-found" };

/** The same on the server and in the browser. */
export function pageAt(path: string): Page {
  if (path === "/") return { name: "home" };
  if (path === "/cart") return { name: "cart" };
  const [, kind, slug = ""] = /^\/(category|products)\/([a-z0-9-]+)$/.exec(path) ?? [];
  const category = kind === "category" ? findCategory(slug) : undefined;
  const product = kind === "products" ? findProduct(slug) : undefined;
  if (category) return { name: "category", category };
  return product ? { name: "product", product } : { name: "not-found" };
}

export function titleOf(page: Page): string {
  switch (page.name) {
    case "home":
      return "Running and hill goods";
    case "category":
      return page.category.name;
    case "product":
      return page.product.name;
    case "cart":
      return "Cart";
    case "not-found":
      return "Not found";
  }
}
