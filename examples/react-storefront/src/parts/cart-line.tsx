import { useTrack } from "@murmur/react";
import type { ReactElement } from "react";
import { formatPrice } from "../../../storefront/catalogue.ts";
import type { Product } from "../../../storefront/product.ts";
import { lineProperties, removeFromCart, type Line } from "../cart.ts";

/** A line of which the product is known. */
export interface KnownLine {
  line: Line;
  product: Product;
}

export function CartLine({ known, cartId }: { known: KnownLine; cartId: string }): ReactElement {
  const { line, product } = known;
  const track = useTrack();
  const remove = (): void => {
    removeFromCart(line);
    void track("Product Removed", { ...lineProperties(product, line), cart_id: cartId });
  };
  return (
    <li className="line">
      <img src={`/pictures/${line.slug}.svg`} alt="" width="88" height="88" />
      <div className="line-text">
        <a className="line-name" href={`/products/${line.slug}`}>
          {product.name}
        </a>
        <span className="muted">{line.size ? `Size ${line.size}` : "One size"}</span>
      </div>
      <span className="muted">{line.quantity} ×</span>
      <span className="price">{formatPrice(product.price * line.quantity)}</span>
      <button className="link" type="button" aria-label={`Remove ${product.name}`} onClick={remove}>
        Remove
      </button>
    </li>
  );
}
