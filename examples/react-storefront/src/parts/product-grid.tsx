import type { ReactElement } from "react";
import { formatPrice } from "../../../storefront/catalogue.ts";
import type { Product } from "../../../storefront/product.ts";

export function ProductGrid({ products }: { products: readonly Product[] }): ReactElement {
  return (
    <ul className="grid" role="list">
      {products.map(({ slug, name, price, badge, summary }) => (
        <li key={slug} className="card">
          <a href={`/products/${slug}`} data-testid={`product-${slug}`}>
            <span className="card-picture">
              <img src={`/pictures/${slug}.svg`} alt="" width="800" height="800" loading="lazy" />
              {badge && <span className="badge">{badge}</span>}
            </span>
            <span className="card-line">
              <span className="card-name">{name}</span>
              <span className="price">{formatPrice(price)}</span>
            </span>
            <span className="card-summary">{summary}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
