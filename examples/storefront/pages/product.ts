import { findCategory, formatPrice, productProperties } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import { hero } from "../parts/hero.ts";
import { productGrid } from "../parts/product-card.ts";
import { sizesOf, type Product } from "../product.ts";
import type { View } from "../view.ts";
import { layout } from "./layout.ts";

export function productPage(view: View, product: Product): Html {
  const category = findCategory(product.category);
  const others = category?.products.filter(({ id }) => id !== product.id).slice(0, 4) ?? [];
  return layout(view, {
    title: product.name,
    description: product.summary,
    name: "product",
    event: { name: "Product Viewed", properties: productProperties(product) },
    main: html`<div class="wrap">
      ${hero("compact")}
      <nav class="crumbs" aria-label="Breadcrumb">
        <a href="/">Home</a><a href="/category/${product.category}">${category?.name}</a>
      </nav>
      <article class="product">
        <div class="product-text">
          <h1>${product.name}</h1>
          <p class="lead">${product.summary}</p>
          <p class="product-price">
            <span class="price">${formatPrice(product.price)}</span
            ><span class="muted">${product.colour}</span>
          </p>
          ${buyForm(product)}
          <p class="product-story">${product.description}</p>
          <ul class="details">
            ${product.details.map((detail) => html`<li>${detail}</li>`)}
          </ul>
        </div>
        <div class="product-picture">
          <img
            src="/pictures/${product.slug}.svg"
            alt="${product.name} in ${product.colour.toLowerCase()}"
            width="800"
            height="800"
          />
        </div>
      </article>
      <section class="section" aria-labelledby="others-title">
        <div class="section-head">
          <h2 id="others-title">Goes the same way</h2>
          <a href="/category/${product.category}">All ${category?.name.toLowerCase()}</a>
        </div>
        ${productGrid(others)}
      </section>
    </div>`,
  });
}

function buyForm(product: Product): Html {
  const sizes = sizesOf(product);
  return html`<form
    class="buy"
    data-add-to-cart
    data-product="${JSON.stringify(productProperties(product))}"
    data-slug="${product.slug}"
  >
    ${
      sizes.length > 0
        ? html`<label class="field"
            ><span>Size</span
            ><select name="size">
              ${sizes.map((size, i) => html`<option ${i === Math.floor(sizes.length / 2) ? "selected" : ""}>${size}</option>`)}
            </select></label
          >`
        : ""
    }
    <button class="button" type="submit" data-testid="add-to-cart">Add to cart</button>
    <p class="muted buy-note">In stock, with you in two to four days.</p>
  </form>`;
}
