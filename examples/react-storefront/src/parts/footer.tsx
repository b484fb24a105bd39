import type { ReactElement } from "react";
import { categories } from "../../../storefront/catalogue.ts";
import { Mark } from "./mark.tsx";

export function Footer(): ReactElement {
  return (
    <footer className="footer">
      <div className="wrap footer-row">
        <div className="footer-about">
          <p className="brand">
            <Mark />
            <span>Tarnfell</span>
          </p>
          <p>Running and hill goods, made in small runs since 2011. Everything we sell, we repair.</p>
        </div>
        <nav aria-label="Shop">
          <p className="footer-title">Shop</p>
          {categories.map(({ slug, name }) => (
            <a key={slug} href={`/category/${slug}`}>
              {name}
            </a>
          ))}
        </nav>
        <div>
          <p className="footer-title">Good to know</p>
          <p>Delivery in two to four days</p>
          <p>Sixty days to change your mind</p>
          <p>Lifetime repairs</p>
        </div>
      </div>
      <p className="wrap fine-print">
        Tarnfell is a demonstration shop: nothing is sold and nothing is charged.
      </p>
    </footer>
  );
}
