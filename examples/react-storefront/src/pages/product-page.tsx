import { useTrack } from "@murmur/react";
import { useEffect, useState, type FormEvent, type ReactElement } from "react";
import { findCategory, formatPrice } from "../../../storefront/catalogue.ts";
import { sizesOf, type Product } from "../../../storefront/product.ts";
import { addToCart, lineProperties } from "../cart.ts";
import { Hero } from "../parts/hero.tsx";
import { ProductGrid } from "../parts/product-grid.tsx";

export function ProductPage({ product }: { product: Product }): ReactElement {
  const track = useTrack();
  useEffect(() => {
    const { quantity: _one, ...properties } = lineProperties(product, { size: "", quantity: 1 });
    void track("Product Viewed", properties);
  }, [track, product]);
  const category = findCategory(product.category);
  const others = category?.products.filter(({ id }) => id !== product.id).slice(0, 4) ?? [];
  const { slug, name, summary, price, colour, description, details } = product;
  return (
    <div className="wrap">
      <Hero form="compact" />
      <nav className="crumbs" aria-label="Breadcrumb">
        <a href="/">Home</a>
        <a href={`/category/${product.category}`}>{category?.name}</a>
      </nav>
      <article className="product">
        <div className="product-text">
          <h1>{name}</h1>
          <p className="lead">{summary}</p>
          <p className="product-price">
            <span className="price">{formatPrice(price)}</span>
            <span className="muted">{colour}</span>
          </p>
          <BuyForm product={product} />
          <p className="product-story">{description}</p>
          <ul className="details">
            {details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        </div>
        <div className="product-picture">
          <img
            src={`/pictures/${slug}.svg`}
            alt={`${name} in ${colour.toLowerCase()}`}
            width="800"
            height="800"
          />
        </div>
      </article>
      <section className="section" aria-labelledby="others-title">
        <div className="section-head">
          <h2 id="others-title">Goes the same way</h2>
          <a href={`/category/${product.category}`}>All {category?.name.toLowerCase()}</a>
        </div>
        <ProductGrid products={others} />
      </section>
    </div>
  );
}

function BuyForm({ product }: { product: Product }): ReactElement {
  const track = useTrack();
  const [isAdded, setAdded] = useState(false);
  const sizes = sizesOf(product);
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const size = String(new FormData(event.currentTarget).get("size") ?? "");
    const { id } = addToCart(product.slug, size);
    void track("Product Added", { ...lineProperties(product, { size, quantity: 1 }), cart_id: id });
    setAdded(true);
  };
  return (
    <form className="buy" onSubmit={add}>
      {sizes.length > 0 && (
        <label className="field">
          <span>Size</span>
          <select name="size" defaultValue={sizes[Math.floor(sizes.length / 2)]}>
            {sizes.map((size) => (
              <option key={size}>{size}</option>
            ))}
          </select>
        </label>
      )}
      <button className="button" type="submit" data-testid="add-to-cart">
        Add to cart
      </button>
      <p className="muted buy-note" role="status">
        {isAdded ? "It is in your cart." : "In stock, with you in two to four days."}
      </p>
    </form>
  );
}
