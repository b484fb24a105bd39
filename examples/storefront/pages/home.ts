import { categories, featured } from "../catalogue.ts";
import { html, type Html } from "../html.ts";
import { hero } from "../parts/hero.ts";
import { productGrid } from "../parts/product-card.ts";
import type { View } from "../view.ts";
import { layout } from "./layout.ts";

export const homePage = (view: View): Html =>
  layout(view, {
    title: "Running and hill goods",
    name: "home",
    main: html`${hero("full")}
      <section class="wrap section" aria-labelledby="categories-title">
        <div class="section-head"><h2 id="categories-title">Kit for the way you go</h2></div>
        <ul class="tiles" role="list">
          ${categories.map(
            ({ slug, name, products }) =>
              html`<li>
                <a class="tile" href="/category/${slug}">
                  <img src="/pictures/${products[0]?.slug}.svg" alt="" width="800" height="800" />
                  <span class="tile-name">${name}</span>
                  <span class="muted">${products.length} pieces</span>
                </a>
              </li>`,
          )}
        </ul>
      </section>
      <section class="wrap section" aria-labelledby="featured-title">
        <div class="section-head">
          <h2 id="featured-title">What we are wearing</h2>
          <a href="/category/running-shoes">All running shoes</a>
        </div>
        ${productGrid(featured)}
      </section>
      <section class="promise" aria-labelledby="promise-title">
        <div class="wrap promise-row">
          <h2 id="promise-title">We would rather mend it than sell you another.</h2>
          <p>
            Every jacket and pack carries a number. Send it back to the workshop, in ten months or in ten
            years, and it comes home with a new zip, a clean patch and a note from whoever sewed it.
          </p>
        </div>
      </section>`,
  });
