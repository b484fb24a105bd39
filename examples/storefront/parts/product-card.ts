import { formatPrice } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import type { Product } from "../product.ts";

export const productCard = (product: Product): Html =>
  html`<li class="card">
    <a href="/products/${product.slug}" data-testid="product-${product.slug}">
      <span class="card-picture">
        <img src="/pictures/${product.slug}.svg" alt="" width="800" height="800" loading="lazy" />
        ${product.badge ? html`<span class="badge">${product.badge}</span>` : ""}
      </span>
      <span class="card-line"
        ><span class="card-name">${product.name}</span
        ><span class="price">${formatPrice(product.price)}</span></span
      >
      <span class="card-summary">${product.summary}</span>
    </a>
  </li>`;

export const productGrid = (products: readonly Product[]): Html =>
  html`<ul class="grid" role="list">
    ${products.map(productCard)}
  </ul>`;
