import { useTrack } from "@murmur/react";
import { useEffect, type ReactElement } from "react";
import type { Category } from "../../../storefront/catalogue.ts";
import { ProductGrid } from "../parts/product-grid.tsx";

export function CategoryPage({ category }: { category: Category }): ReactElement {
  const { slug, name, line, products } = category;
  const track = useTrack();
  useEffect(() => void track("Product List Viewed", { list_id: slug, category: slug }), [track, slug]);
  return (
    <div className="wrap">
      <header className="page-head">
        <h1>{name}</h1>
        <p className="lead">{line}</p>
        <p className="muted">{products.length} pieces</p>
      </header>
      <ProductGrid products={products} />
    </div>
  );
}
