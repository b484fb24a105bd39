import type { Category } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import { productGrid } from "../parts/product-card.ts";
import type { View } from "../view.ts";
import { layout } from "./layout.ts";

export const categoryPage = (view: View, { slug, name, line, products }: Category): Html =>
  layout(view, {
    title: name,
    description: line,
    name: "category",
    event: { name: "Product List Viewed", properties: { list_id: slug, category: slug } },
    main: html`<div class="wrap">
      <header class="page-head">
        <h1>${name}</h1>
        <p class="lead">${line}</p>
        <p class="muted">${products.length} pieces</p>
      </header>
      ${productGrid(products)}
    </div>`,
  });
