import type { ReactElement } from "react";
import { categories, featured } from "../../../storefront/catalogue.ts";
import { Hero } from "../parts/hero.tsx";
import { ProductGrid } from "../parts/product-grid.tsx";

export function HomePage(): ReactElement {
  return (
    <>
      <Hero form="full" />
      <section className="wrap section" aria-labelledby="categories-title">
        <div className="section-head">
          <h2 id="categories-title">Kit for the way you go</h2>
        </div>
        <ul className="tiles" role="list">
          {categories.map(({ slug, name, products }) => (
            <li key={slug}>
              <a className="tile" href={`/category/${slug}`}>
                <img src={`/pictures/${products[0]?.slug}.svg`} alt="" width="800" height="800" />
                <span className="tile-name">{name}</span>
                <span className="muted">{products.length} pieces</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <section className="wrap section" aria-labelledby="featured-title">
        <div className="section-head">
          <h2 id="featured-title">What we are wearing</h2>
          <a href="/category/running-shoes">All running shoes</a>
        </div>
        <ProductGrid products={featured} />
      </section>
      <section className="promise" aria-labelledby="promise-title">
        <div className="wrap promise-row">
          <h2 id="promise-title">We would rather mend it than sell you another.</h2>
          <p>
            Every jacket and pack carries a number. Send it back to the workshop, in ten months or in ten
            years, and it comes home with a new zip, a clean patch and a note from whoever sewed it.
          </p>
        </div>
      </section>
    </>
  );
}
