import type { ReactElement } from "react";
import { categories } from "../../../storefront/catalogue.ts";
import { useCart } from "../cart.ts";
import { Mark } from "./mark.tsx";

export function Header({ path }: { path: string }): ReactElement {
  const count = useCart().lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const current = (here: string) => (path === here ? ("page" as const) : undefined);
  return (
    <header className="header">
      <div className="wrap header-row">
        <a className="brand" href="/" aria-current={current("/")}>
          <Mark />
          <span>Tarnfell</span>
        </a>
        <nav className="nav" aria-label="Categories">
          {categories.map(({ slug, name }) => (
            <a key={slug} href={`/category/${slug}`} aria-current={current(`/category/${slug}`)}>
              {name}
            </a>
          ))}
        </nav>
        <div className="header-links">
          <a href="/cart" aria-current={current("/cart")}>
            Cart{" "}
            <span className="count" data-filled={count > 0 ? "" : undefined} data-testid="cart-count">
              {count}
            </span>
          </a>
        </div>
      </div>
    </header>
  );
}
